/** Answers HTTP requests on a port and closes connections on which nothing happens. It stands on
 * `node:http` because `Deno.serve` waits for ever for the rest of a request. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { defaultLimits, type Limits, Places, retryAfter } from "./limits.ts";
import { sendBody } from "./send_body.ts";

/** Milliseconds. */
export interface Timeouts {
  /** From a connection's first byte, or its opening, to the end of a request. */
  readonly request: number;
  /** From one answer to the next request. */
  readonly keepAlive: number;
  /** Without a byte in either direction: a client that does not take its answer. */
  readonly silence: number;
}

export const defaultTimeouts: Timeouts = { request: 10_000, keepAlive: 5_000, silence: 40_000 };

/** Who asks. */
export interface Asker {
  /** The address of the other end. */
  readonly client: string;
}

type Fetch = (request: Request, asker: Asker) => Response | Promise<Response>;

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly timeouts: Timeouts;
  readonly limits?: Limits;
}

/** Opens the port; rejects with the system's error where it cannot be had. `makeFetch` learns the
 * address that was taken. */
export async function listen(
  { host, port, timeouts, limits = defaultLimits }: ListenOptions,
  makeFetch: (address: AddressInfo) => Fetch,
): Promise<{ server: Server; address: AddressInfo }> {
  const server = createServer({
    headersTimeout: timeouts.request,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionsCheckingInterval: Math.min(1000, timeouts.request),
    maxHeaderSize: limits.headerBytes,
  });
  server.setTimeout(timeouts.silence);
  limitConnections(server, limits);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen({ host, port }, resolve);
  await promise;
  const address = server.address() as AddressInfo;
  const fetch = makeFetch(address);
  server.on("request", (incoming, outgoing) => void answer(fetch, incoming, outgoing, limits));
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

/** Those that are too many are told so and closed before they ask. */
function limitConnections(server: Server, limits: Limits): void {
  const places = new Places({ all: limits.connections, perClient: limits.connectionsPerClient });
  server.on("connection", (socket: Socket) => {
    const place = places.take(clientOf(socket));
    if ("free" in place) return void socket.once("close", place.free);
    const status = place.full === "all" ? "503 Service Unavailable" : "429 Too Many Requests";
    const said = "Too many connections are open. Close some, or ask again later.\n";
    socket.end(
      `HTTP/1.1 ${status}\r\nretry-after: ${retryAfter}\r\nconnection: close\r\n` +
        `content-type: text/plain\r\ncontent-length: ${said.length}\r\n\r\n${said}`,
      () => socket.destroy(),
    );
  });
}

function clientOf(socket: Socket): string {
  return socket.remoteAddress ?? "";
}

async function answer(
  fetch: Fetch,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  limits: Limits,
): Promise<void> {
  const request = toRequest(incoming, limits);
  const response = request instanceof Response
    ? request
    : await fetch(request, { client: clientOf(incoming.socket) });
  await sendBody(response, outgoing, incoming.method === "HEAD");
}

/** A body is left out: nothing here reads one. An answer for what no `Request` can be made of. */
function toRequest(
  { method, url = "", rawHeaders }: IncomingMessage,
  { addressLength }: Limits,
): Request | Response {
  if (url.length > addressLength) return new Response("The address is too long", { status: 414 });
  try {
    const headers = new Headers();
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
      headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
    }
    const address = url.startsWith("/") ? `http://localhost${url}` : url;
    return new Request(address, { ...(method && { method }), headers });
  } catch {
    return new Response("Bad request", { status: 400 });
  }
}
