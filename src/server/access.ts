/** Who may read the runs, where a token is asked for. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Addresses that were told and not used yet. */
const mostTickets = 16;
/** Milliseconds for which a browser stays logged in. */
const sessionTime = 30 * 24 * 3600 * 1000;

/** 256 random bits. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** A program shows the token; a browser a ticket, once, for a session that the token signs. */
export class Access {
  readonly #token: string;
  readonly #now: () => number;
  /** Digests, oldest first. */
  #tickets: Buffer[] = [];

  constructor(token: string, now: () => number = Date.now) {
    this.#token = token;
    this.#now = now;
  }

  /** What a login takes once. */
  ticket(): string {
    const ticket = randomToken();
    this.#tickets = [...this.#tickets, digest(ticket)].slice(-mostTickets);
    return ticket;
  }

  /** The session that a ticket gives, seconds that it lasts; undefined where it is none, or was used. */
  redeem(ticket: string): { readonly session: string; readonly seconds: number } | undefined {
    const given = digest(ticket);
    const left = this.#tickets.filter((one) => !timingSafeEqual(one, given));
    if (left.length === this.#tickets.length) return undefined;
    this.#tickets = left;
    const terms = `${this.#now() + sessionTime}.${randomBytes(16).toString("base64url")}`;
    return { session: `${terms}.${this.#sign(terms)}`, seconds: sessionTime / 1000 };
  }

  isSession(session: string): boolean {
    const at = session.lastIndexOf(".");
    const terms = session.slice(0, Math.max(0, at));
    const isSigned = equal(session.slice(at + 1), this.#sign(terms));
    return isSigned && Number(terms.split(".")[0]) > this.#now();
  }

  /** Whether an `Authorization` header has the token. */
  isBearer(header: string): boolean {
    const [, token] = header.match(/^Bearer +(\S+)$/i) ?? [];
    return token !== undefined && equal(token, this.#token);
  }

  /** The name of the cookie, which another server of the same machine does not overwrite. */
  get cookie(): string {
    return `clusterfit-${digest(`cookie ${this.#token}`).toString("hex").slice(0, 8)}`;
  }

  #sign(terms: string): string {
    return createHmac("sha256", this.#token).update(terms).digest("base64url");
  }
}

/** In the same time wherever they differ. */
function equal(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
