/** Opens the status server on this machine only. */
import { UserError } from "../pipeline/errors.ts";
import { createApp } from "./app.ts";

export interface ServeOptions {
  readonly out: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Stops the server. */
  readonly signal?: AbortSignal;
  readonly onListen: (url: string) => void;
}

/** Serves until stopped; a UserError where `out` is no folder or the port cannot be had. */
export async function serve({ out, port, signal, onListen }: ServeOptions): Promise<void> {
  const stat = await Deno.stat(out).catch(() => undefined);
  if (!stat?.isDirectory) {
    throw new UserError(
      `Serving the runs in ${out} failed: there is no such folder. ` +
        "Start a run with `deno task clusterfit`, or give the folder of your runs with --out.",
    );
  }
  const { fetch } = createApp({ out });
  await open().finished;

  function open(): Deno.HttpServer {
    const hostname = "127.0.0.1";
    try {
      return Deno.serve({
        hostname,
        port,
        ...(signal && { signal }),
        onListen: (address) => onListen(`http://${hostname}:${address.port}/`),
      }, fetch);
    } catch (error) {
      throw explain(error, port);
    }
  }
}

/** What a person types as a port; a UserError on anything but a whole number up to 65535. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UserError(
    `--port must be a whole number from 0 to 65535 (0 takes any free port), got ${text}.`,
  );
}

function explain(error: unknown, port: number): unknown {
  if (error instanceof Deno.errors.AddrInUse) {
    return new UserError(
      `Port ${port} is in use. Give another with --port, or 0 for any free one.`,
    );
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new UserError(`Port ${port} is not open to you. Give one above 1023 with --port.`);
  }
  return error;
}
