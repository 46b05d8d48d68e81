/** Requests to a status server whose answers are checked. */
import type { z } from "zod";
import { UserError } from "../pipeline/errors.ts";
import { errorSchema } from "./api/schemas.ts";

/** Milliseconds that an answer may take. */
const patience = 30_000;

export class Asking {
  readonly #server: URL;
  readonly #token: string | undefined;
  readonly #fetch: typeof fetch;

  constructor(
    server: URL,
    options: { readonly token?: string; readonly fetch?: typeof fetch },
  ) {
    this.#server = server;
    this.#token = options.token;
    this.#fetch = options.fetch ?? globalThis.fetch;
  }

  /** What the server answers at that path. Rejects with a UserError where it is not what the schema says. */
  async get<S extends z.ZodType>(schema: S, path: string): Promise<z.infer<S>> {
    const answer = await this.open(path, { signal: AbortSignal.timeout(patience) });
    const read = schema.safeParse(await json(answer));
    if (read.success) return read.data;
    const { path: place, message } = read.error.issues[0]!;
    throw new UserError(
      `Cannot read the answer of ${this.#address(path)}: ${place.join(".") || "it"}: ${message}. ` +
        "The server is of another version: use this one there, too.",
    );
  }

  /** An answer that has just begun. Rejects with a Refused where the server gives none, or an error. */
  async open(path: string, init: RequestInit = {}): Promise<Response> {
    const address = this.#address(path);
    const headers = new Headers(init.headers);
    if (this.#token !== undefined) headers.set("authorization", `Bearer ${this.#token}`);
    const ask = this.#fetch;
    const answer = await ask(address, { ...init, headers, redirect: "error" }).catch((error) => {
      if (isAborted(init.signal)) throw error;
      throw new Refused(
        `Cannot reach ${this.#server.href}: it needs a server that answers, found ${
          reason(error)
        }. ` +
          "Start one with `clusterfit serve`, or give its address.",
        { cause: error, isPassing: true },
      );
    });
    if (answer.ok) return answer;
    const isPassing = answer.status === 429 || answer.status >= 500;
    throw new Refused(`Cannot ask ${address}: ${await this.#refusal(answer)}`, { isPassing });
  }

  #address(path: string): string {
    return new URL(path, this.#server).href;
  }

  async #refusal(answer: Response): Promise<string> {
    const told = errorSchema.safeParse(await json(answer)).data?.error;
    if (answer.status === 401) {
      const found = this.#token === undefined ? "none" : "another one";
      return `it needs the token of the server, found ${found}. Give the one that it told when it started.`;
    }
    return told ?? `it answers ${answer.status}, without words. See the terminal of the server.`;
  }
}

/** The server did not answer, or answered an error. */
export class Refused extends UserError {
  /** Whether the same request may succeed later. */
  readonly isPassing: boolean;

  constructor(message: string, { cause, isPassing }: { cause?: unknown; isPassing: boolean }) {
    super(message, { cause });
    this.isPassing = isPassing;
  }
}

function isAborted(signal: AbortSignal | null | undefined): boolean {
  return signal?.aborted === true && (signal.reason as Error)?.name !== "TimeoutError";
}

/** `undefined` where it is none. */
async function json(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
}

function reason(error: unknown): string {
  const { name, message } = error as Error;
  return name === "TimeoutError" ? `no answer within ${patience / 1000} s` : `none (${message})`;
}
