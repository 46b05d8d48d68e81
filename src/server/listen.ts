/** Answers HTTP requests on a port and closes connections on which nothing happens. It stands on
 * `node:http` because `Deno.serve` waits for ever for the rest of a request. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Milliseconds. */
export interface Timeouts {
  /** From a connection's first byte, or its opening, to the end of a request. */
  readonly request: number;
  /** From one answer to the next request. */
  readonly keepAlive: number;
  /** Without a byte in either direction: a client that does not take its answer. */
  readonly silence: number;
}

export const defaultTimeouts: Timeouts = { request: 10_000, keepAlive: 5_000, silence: 120_000 };

type Fetch = (request: Request) => Response | Promise<Response>;

/** Opens the port; rejects with the system's error where it cannot be had. `makeFetch` learns the
 * address that was taken. */
export async function listen(
  { host, port, timeouts }: { host: string; port: number; timeouts: Timeouts },
  makeFetch: (address: AddressInfo) => Fetch,
): Promise<{ server: Server; address: AddressInfo }> {
  const server = createServer({
    headersTimeout: timeouts.request,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionsCheckingInterval: Math.min(1000, timeouts.request),
  });
  server.setTimeout(timeouts.silence);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen({ host, port }, resolve);
  await promise;
  const address = server.address() as AddressInfo;
  const fetch = makeFetch(address);
  server.on("request", (incoming, outgoing) => void answer(fetch, incoming, outgoing));
  return { server, address };
}

/** Resolves once the server is closed; `signal` closes it and every connection. */
export async function untilClosed(server: Server, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.once("close", resolve);
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  if (signal?.aborted) close();
  signal?.addEventListener("abort", close);
  await promise;
}

async function answer(
  fetch: Fetch,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = toRequest(incoming);
  const response = request ? await fetch(request) : new Response("Bad request", { status: 400 });
  const body = new Uint8Array(await response.arrayBuffer());
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    ...(incoming.method !== "HEAD" && { "content-length": body.length }),
  });
  outgoing.end(body);
}

/** A body is left out: nothing here reads one. `undefined` for what no `Request` can be made of. */
function toRequest({ method, url = "", rawHeaders }: IncomingMessage): Request | undefined {
  try {
    const headers = new Headers();
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
      headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
    }
    const address = url.startsWith("/") ? `http://localhost${url}` : url;
    return new Request(address, { ...(method && { method }), headers });
  } catch {
    return undefined;
  }
}
