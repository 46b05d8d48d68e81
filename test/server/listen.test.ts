import type { Socket } from "node:net";
import { expect } from "expect";
import { converse } from "./wire.ts";
import { listen, type Timeouts, untilClosed } from "../../src/server/listen.ts";

const patient: Timeouts = { request: 60_000, keepAlive: 60_000, silence: 60_000 };

/** Serves on a free port until `use` is done; `closed` resolves when the first connection is. */
async function whileListening(
  fetch: (request: Request) => Promise<Response> | Response,
  timeouts: Timeouts,
  use: (port: number, closed: Promise<void>) => Promise<void>,
): Promise<void> {
  const { server, address } = await listen({ host: "127.0.0.1", port: 0, timeouts }, () => fetch);
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  server.on("connection", (socket: Socket) => socket.once("close", () => resolve()));
  const stop = new AbortController();
  try {
    await use(address.port, closed);
  } finally {
    stop.abort();
    await untilClosed(server, stop.signal);
  }
}

Deno.test("a client that does not take its answer is let go", async () => {
  const answer = () => new Response("x".repeat(50_000_000));
  await whileListening(answer, { ...patient, silence: 200 }, async (port, closed) => {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(new TextEncoder().encode("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    await closed;
  });
});

Deno.test("an answer that takes longer than a request may is waited for", async () => {
  const reached = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const answer = async () => {
    reached.resolve();
    await release.promise;
    return new Response("late");
  };
  await whileListening(answer, { ...patient, request: 500 }, async (port) => {
    const url = `http://127.0.0.1:${port}/`;
    const whole = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    const ask = async (): Promise<string> => {
      const answer = await converse(url, whole);
      // On a busy machine even this request may come too late.
      return answer.startsWith("HTTP/1.1 408 ") ? await ask() : answer;
    };
    const late = ask();
    await reached.promise;
    await converse(url, "GET / HTTP/1.1\r\n"); // closed when its time is up: then the other's is, too
    release.resolve();
    expect(await late).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nlate$/);
  });
});

Deno.test("a client that goes away in the middle of its answer does not end the server", async () => {
  const answer = (request: Request) =>
    new Response(request.url.endsWith("/big") ? "x".repeat(50_000_000) : "small");
  await whileListening(answer, patient, async (port, closed) => {
    {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port });
      await connection.write(new TextEncoder().encode("GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
      await connection.read(new Uint8Array(1000));
    }
    await closed;
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("small");
  });
});

Deno.test("method, path, headers, status and body come through, and HEAD has no body", async () => {
  const answer = ({ method, url, headers }: Request) =>
    new Response(method === "HEAD" ? null : `${method} ${url} ${headers.get("x-a")}`, {
      status: 418,
      headers: { "x-b": "c" },
    });
  await whileListening(answer, patient, async (port) => {
    const url = `http://127.0.0.1:${port}/ä?b=%20c`;
    const got = await fetch(url, { headers: { "x-a": "1" } });
    expect([got.status, got.headers.get("x-b")]).toEqual([418, "c"]);
    expect(await got.text()).toBe("GET http://localhost/%C3%A4?b=%20c 1");
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([418, ""]);
  });
});

Deno.test("a server that is stopped closes its connections, idle ones too", async () => {
  const { server, address } = await listen(
    { host: "127.0.0.1", port: 0, timeouts: patient },
    () => () => new Response("ok"),
  );
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  server.once("connection", () => resolve());
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: address.port });
  await connected;
  await untilClosed(server, AbortSignal.abort());
  expect(await connection.read(new Uint8Array(1)).catch(() => null)).toBe(null);
});
