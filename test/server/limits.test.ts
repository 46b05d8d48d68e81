import { expect } from "expect";
import { createApp } from "../../src/server/app.ts";
import { defaultLimits, Places, withLimit } from "../../src/server/limits.ts";
import { listen, type Timeouts, untilClosed } from "../../src/server/listen.ts";
import { writeRunningRun } from "../registry/folders.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { answerChecker } from "./api/checked.ts";
import { until } from "../until.ts";
import { converse } from "./wire.ts";

const patient: Timeouts = { request: 60_000, keepAlive: 60_000, silence: 60_000 };

/** Serves until `use` is done. */
async function whileListening(
  fetch: (request: Request) => Promise<Response> | Response,
  limits: Partial<typeof defaultLimits>,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const at = { host: "127.0.0.1", port: 0, timeouts: patient };
  const { server, address } = await listen(
    { ...at, limits: { ...defaultLimits, ...limits } },
    () => fetch,
  );
  const stop = new AbortController();
  try {
    await use(`http://127.0.0.1:${address.port}/`);
  } finally {
    stop.abort();
    await untilClosed(server, stop.signal);
  }
}

Deno.test("places are given up to what all may have, and one client; those given back are there again", () => {
  const places = new Places({ all: 3, perClient: 2 });
  const a = places.take("a");
  places.take("a");
  expect(places.take("a")).toEqual({ full: "client" });
  places.take("b");
  expect(places.take("c")).toEqual({ full: "all" });
  if ("free" in a) {
    a.free();
    a.free();
  }
  expect(places.taken).toBe(2);
  expect(places.take("c")).toHaveProperty("free");
});

Deno.test("a limit is named with a number, and anything else is told with the names that there are", () => {
  expect(withLimit(defaultLimits, "streams=2000")).toEqual({ ...defaultLimits, streams: 2000 });
  for (const text of ["streams", "streams=0", "streams=-1", "stream=1", "toString=1", ""]) {
    expect(() => withLimit(defaultLimits, text)).toThrow("with a name of connections, ");
  }
});

Deno.test("connections that are too many are told to come again later, and have room once others are closed", async () => {
  for (const [limit, status] of [["connections", 503], ["connectionsPerClient", 429]] as const) {
    await whileListening(() => new Response("ok"), { [limit]: 1 }, async (url) => {
      const { hostname, port } = new URL(url);
      const first = await Deno.connect({ hostname, port: Number(port) });
      await first.write(new TextEncoder().encode("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
      await first.read(new Uint8Array(1000));
      expect(await converse(url)).toMatch(
        new RegExp(`^HTTP/1\\.1 ${status} [^]*retry-after: \\d+\\r\\n[^]*Too many connections`),
      );
      first.close();
      let isFree = false;
      const tries = (async () => {
        while (!isFree) {
          const said = await converse(
            url,
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
          );
          isFree = said.includes(" 200 ");
        }
      })();
      await until(() => isFree);
      await tries;
    });
  }
});

Deno.test("an address that is too long gets 414, and headers that are too long 431", async () => {
  await whileListening(
    () => new Response("ok"),
    { addressLength: 50, headerBytes: 2000 },
    async (url) => {
      const head = "HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
      expect(await converse(url, `GET /${"x".repeat(49)} ${head}\r\n`)).toContain(" 200 ");
      expect(await converse(url, `GET /${"x".repeat(50)} ${head}\r\n`)).toContain(" 414 ");
      expect(await converse(url, `GET / ${head}x: ${"y".repeat(3000)}\r\n\r\n`)).toContain(" 431 ");
    },
  );
});

Deno.test("event streams that are too many are told to come again later, and have room once others are closed", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const app = createApp({
    out: folder.path,
    limits: { ...defaultLimits, streamsPerClient: 1 },
  });
  const open = () => app.request("/api/runs/live/stream", { headers: { host: "localhost" } });
  const first = await open();
  const check = await answerChecker(app);
  const second = await check("/api/runs/live/stream", await open());
  expect([second.status, second.headers.get("retry-after")]).toEqual([429, "5"]);
  expect(second.json).toEqual({ error: expect.stringContaining("Too many event streams") });
  await first.body!.cancel();
  const third = await open();
  expect(third.status).toBe(200);
  await third.body!.cancel();
});

Deno.test("a client of a stream that goes away ends the body that it was sent", async () => {
  let isOver = false;
  const body = () =>
    new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(":\n\n")),
      cancel: () => void (isOver = true),
    });
  const answer = () => new Response(body(), { headers: { "content-type": "text/event-stream" } });
  await whileListening(answer, {}, async (url) => {
    const { body } = await fetch(url);
    const reader = body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(":\n\n");
    expect(isOver).toBe(false);
    await reader.cancel();
    await until(() => isOver);
  });
});

Deno.test("a body whose length is known is sent as fast as the client takes it, and not sooner", async () => {
  let made = 0;
  const pieces = 2000;
  const piece = new Uint8Array(50_000);
  const answer = () =>
    new Response(
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (made === pieces) return controller.close();
          made++;
          controller.enqueue(piece);
        },
      }, { highWaterMark: 0 }),
      { headers: { "content-length": `${pieces * piece.length}` } },
    );
  await whileListening(answer, {}, async (url) => {
    const { hostname, port } = new URL(url);
    using connection = await Deno.connect({ hostname, port: Number(port) });
    await connection.write(new TextEncoder().encode("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    let before = -1;
    let still = 0;
    await until(() => {
      still = made > 0 && made === before ? still + 1 : 0;
      before = made;
      return still > 200;
    });
    expect(made).toBeLessThan(pieces);
    const buffer = new Uint8Array(1 << 20);
    for (let read = 0; read < pieces * piece.length;) read += await connection.read(buffer) ?? 0;
    expect(made).toBe(pieces);
  });
});
