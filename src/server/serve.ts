/** Opens the status server: on this machine only, unless another address is asked for. */
import { type AddressInfo, isIP } from "node:net";
import { UserError } from "../pipeline/errors.ts";
import { Registry } from "../registry/registry.ts";
import { createApp } from "./app.ts";
import { ownHosts } from "./guard.ts";
import { defaultTimeouts, listen, type Timeouts, untilClosed } from "./listen.ts";

export interface ServeOptions {
  readonly out: string;
  /** A name or an address of this machine, 0.0.0.0 or :: for all; 127.0.0.1 by default. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly timeouts?: Timeouts;
  /** Stops the server. */
  readonly signal?: AbortSignal;
  readonly onListen: (url: string) => void;
}

/** Serves until stopped; a UserError where `out` is no folder or the port cannot be had. */
export async function serve(options: ServeOptions): Promise<void> {
  const { out, host = "127.0.0.1", port, timeouts = defaultTimeouts, signal, onListen } = options;
  const stat = await Deno.stat(out).catch(() => undefined);
  if (!stat?.isDirectory) {
    throw new UserError(
      `Serving the runs in ${out} failed: there is no such folder. ` +
        "Start a run with `deno task clusterfit`, or give the folder of your runs with --out.",
    );
  }
  using registry = Registry.open(out);
  const { server, address } = await listen({ host, port, timeouts }, ({ address }) => {
    return createApp({ out, registry, isOwnHost: ownHosts({ host, address }) }).fetch;
  }).catch((error) => Promise.reject(explain(error, host, port)));
  onListen(urlOf(host, address));
  await untilClosed(server, signal);
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
