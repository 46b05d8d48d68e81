/** Sends an answer: at once where it is short, piece by piece where it is long or does not end. */
import type { ServerResponse } from "node:http";

/** An answer that has its length in a header, or is a stream of events, goes piece by piece, as fast as the
 * client takes it; it breaks off where its body does. Resolves when all is sent, or the client is gone. */
export async function sendBody(
  response: Response,
  outgoing: ServerResponse,
  isHead: boolean,
): Promise<void> {
  const headers = Object.fromEntries(response.headers);
  const isEvents = headers["content-type"]?.startsWith("text/event-stream") ?? false;
  const isStreamed = isEvents || headers["content-length"] !== undefined;
  if (outgoing.destroyed || isHead) {
    await response.body?.cancel();
    outgoing.writeHead(response.status, headers).end();
    return;
  }
  if (!isStreamed || !response.body) {
    const body = await response.bytes();
    outgoing.writeHead(response.status, { ...headers, "content-length": body.length }).end(body);
    return;
  }
  outgoing.writeHead(response.status, headers);
  await pump(response.body, outgoing);
}

async function pump(
  body: ReadableStream<Uint8Array>,
  outgoing: ServerResponse,
): Promise<void> {
  const reader = body.getReader();
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  outgoing.once("close", () => {
    resolve();
    reader.cancel().catch(() => {});
  });
  try {
    for (let piece; !(piece = await reader.read()).done;) {
      if (outgoing.destroyed) return;
      if (!outgoing.write(piece.value)) await Promise.race([closed, drained(outgoing)]);
    }
    outgoing.end();
  } catch {
    outgoing.destroy();
  }
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => void outgoing.once("drain", resolve));
}
