/** Opens the status server: on this machine only, unless another address is asked for, and then with a token. */
import { type AddressInfo, BlockList, isIP } from "node:net";
import { UserError } from "../pipeline/errors.ts";
import { Registry } from "../registry/registry.ts";
import { Access, randomToken } from "./access.ts";
import { createApp, servedPauses } from "./app.ts";
import { ownHosts } from "./guard.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { defaultTimeouts, listen, type Timeouts, untilClosed } from "./listen.ts";
import { loginPath } from "./login.ts";

export interface ServeOptions {
  readonly out: string;
  /** Whether `out` may come later, with the first run. */
  readonly mayBeMissing?: boolean;
  /** A name or an address of this machine, 0.0.0.0 or :: for all; 127.0.0.1 by default. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** What programs show and what sessions are signed with; a random one where it is asked for and none is given. */
  readonly token?: string | undefined;
  /** Whether a token is asked for on this machine, too, also where none is given. */
  readonly asksToken?: boolean;
  readonly limits?: Limits;
  readonly timeouts?: Timeouts;
  /** Stops the server. */
  readonly signal?: AbortSignal;
  /** Told once where the server is, and how to log in where that is needed. */
  readonly onListen: (url: string, login?: Login) => void;
  /** Told the next addresses that log a browser in, when one was used. */
  readonly onLogin?: (next: LoginUrls) => void;
}

/** Where one browser logs in, once. */
export interface LoginUrls {
  readonly url: string;
  /** The same from another machine, where this one has an address in a network. */
  readonly networkUrl?: string;
}

/** How to log in. */
export interface Login extends LoginUrls {
  /** The token of programs, where it was made here. */
  readonly token?: string;
}

/** Serves until stopped; a UserError where `out` is no folder, or is missing and may not be, or the port cannot be had. */
export async function serve(options: ServeOptions): Promise<void> {
  const { out, host = "127.0.0.1", port, token, asksToken = false, signal } = options;
  const {
    timeouts = defaultTimeouts,
    limits = defaultLimits,
    onListen,
    onLogin,
    mayBeMissing = false,
  } = options;
  const stat = await Deno.stat(out).catch(() => undefined);
  if (stat ? !stat.isDirectory : !mayBeMissing) {
    throw new UserError(
      `Serving the runs in ${out} failed: there is no such folder. ` +
        "Start a run with `deno task clusterfit`, or give the folder of your runs with --out.",
    );
  }
  using registry = Registry.open(out);
  const made = token ?? randomToken();
  const access = new Access(made);
  let needsLogin = true;
  const { server, address } = await listen({ host, port, timeouts, limits }, (address) => {
    needsLogin = asksToken || token !== undefined || !isLoopback(address);
    const app = createApp({
      out,
      registry,
      isOwnHost: ownHosts({ host, address: address.address }),
      limits,
      pauses: servedPauses,
      ...(needsLogin && { access }),
      onLogin: (path) => onLogin?.(loginUrls(path, host, address)),
    });
    return (request, asker) => app.fetch(request, asker);
  }).catch((error) => Promise.reject(explain(error, host, port)));
  const url = urlOf(host, address);
  if (needsLogin) {
    onListen(url, {
      ...loginUrls(loginPath(access), host, address),
      ...(token === undefined && { token: made }),
    });
  } else {
    onListen(url);
  }
  await untilClosed(server, signal);
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

function isLoopback({ address }: AddressInfo): boolean {
  return loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

function loginUrls(path: string, host: string, address: AddressInfo): LoginUrls {
  const network = networkUrl(address);
  return {
    url: new URL(path, urlOf(host, address)).href,
    ...(network !== undefined && { networkUrl: new URL(path, network).href }),
  };
}

/** Where a server that listens on every address is found from another machine; undefined where there is no network. */
function networkUrl({ address, port }: AddressInfo): string | undefined {
  if (!["0.0.0.0", "::"].includes(address)) return undefined;
  const other = Deno.networkInterfaces().find(({ family, address }) =>
    family === "IPv4" && !loopback.check(address)
  );
  return other && `http://${other.address}:${port}/`;
}

/** Where a browser on this machine finds it. */
function urlOf(host: string, { address, port }: AddressInfo): string {
  const name = { "0.0.0.0": "127.0.0.1", "::": "::1" }[address] ?? host;
  return `http://${isIP(name) === 6 ? `[${name}]` : name}:${port}/`;
}

/** What a person types as a port; a UserError on anything but a whole number up to 65535. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UserError(
    `--port must be a whole number from 0 to 65535 (0 takes any free port), got ${text}.`,
  );
}

/** What a person types as a host; a UserError on anything but a name or an address. */
export function parseHost(text: string): string {
  const host = text.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) || /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i.test(host)) return host;
  throw new UserError(
    `--host must be a name or an address without a port, such as 127.0.0.1 or 0.0.0.0, got ${
      JSON.stringify(text)
    }.`,
  );
}

/** The token that the environment gives; a UserError where it could be guessed. */
export function parseToken(text: string): string {
  if (/^[\x21-\x7e]{32,}$/.test(text)) return text;
  throw new UserError(
    "Cannot take the token in CLUSTERFIT_TOKEN: it needs 32 characters or more, without spaces, found " +
      `${text.length}. Make one with \`openssl rand -hex 32\`, or leave it out: one is then made.`,
  );
}

function explain(error: unknown, host: string, port: number): unknown {
  switch ((error as { code?: unknown }).code) {
    case "EADDRINUSE":
      return new UserError(
        `Port ${port} is in use. Give another with --port, or 0 for any free one.`,
      );
    case "EACCES":
      return new UserError(`Port ${port} is not open to you. Give one above 1023 with --port.`);
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":
    case "EINVAL":
      return new UserError(
        `Listening on ${host} failed: this machine has no such address. Give one of its own with ` +
          "--host, or 0.0.0.0 for all.",
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new UserError(
        `Listening on ${host} failed: no address is known for that name. Give an address with --host.`,
      );
    default:
      return error;
  }
}
