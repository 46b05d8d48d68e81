/** Answers only to the names of this machine. A foreign page whose own name was made to mean this
 * machine (DNS rebinding) could otherwise read every run: to its browser it is one site with us. */
import type { Context, MiddlewareHandler } from "hono";

export interface Listening {
  /** What `--host` named. */
  readonly host: string;
  /** The address that it became. */
  readonly address: string;
}

/** Lets requests through whose `Host` header `isOwn`; `refuse` answers the others. */
export function hostGuard(
  isOwn: (host: string | undefined) => boolean,
  refuse: (c: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  return async (c, next) => {
    if (!isOwn(c.req.header("host"))) return await refuse(c);
    await next();
  };
}

/** Which `Host` headers mean this server: the loopback names, what it listens on, and where that is
 * every address of the machine, the machine's names and addresses, as they are at that moment.
 * Ports are not compared: no rebinding needs another one, and forwarded ports are common. */
export function ownHosts(
  { host, address }: Listening,
  ofMachine = machineHosts,
): (header: string | undefined) => boolean {
  const always = new Set(["127.0.0.1", "localhost", "::1", host, address].map(hostname));
  const everywhere = ["0.0.0.0", "::"].includes(address);
  return (header) => {
    const name = header === undefined ? undefined : hostOf(header);
    if (name === undefined) return false;
    return always.has(name) || (everywhere && ofMachine().map(hostname).includes(name));
  };
}

/** The names and addresses of this machine; the last name is the one that mDNS gives it. */
function machineHosts(): string[] {
  const name = Deno.hostname();
  const [short = name] = name.split(".");
  return [name, short, `${short}.local`, ...Deno.networkInterfaces().map(({ address }) => address)];
}

/** The name or address in a `Host` header, without its port; `undefined` where it is no such header. */
function hostOf(header: string): string | undefined {
  const [, host] = header.match(/^(\[[\da-f:.]+\]|[^\s[\]:/?#@\\,]+)(?::\d*)?$/i) ?? [];
  return host === undefined ? undefined : hostname(host.replace(/^\[|\]$/g, ""));
}

/** One spelling per name or address, as browsers have it; `undefined` for what is neither. */
function hostname(text: string): string | undefined {
  const [address = ""] = text.split("%"); // without the zone of a link-local address
  try {
    const { hostname } = new URL(`http://${address.includes(":") ? `[${address}]` : address}`);
    return hostname.replace(/\.$/, "");
  } catch {
    return undefined;
  }
}
