import { expect } from "expect";
import { statusClient, type StatusClientOptions } from "clusterfit";
import { createApp } from "../../src/server/app.ts";
import { hold, writeFinishedRun, writeRunningRun } from "../registry/folders.ts";
import { readMessages } from "../../src/server/server_sent.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { request } from "./api/checked.ts";

const address = "http://127.0.0.1:8000/";

/** A client of an app that needs no port. */
function clientOf(out: string, options: StatusClientOptions = {}) {
  const app = createApp({ out });
  const ask = (input: string, init?: RequestInit) => request(app, input, init);
  return statusClient(address, { fetch: ask as typeof fetch, ...options });
}

/** A client whose requests are answered by these, one after the other. */
function scripted(...answers: ((headers: Headers, init: RequestInit) => Response)[]) {
  const asked: string[] = [];
  const ask = (input: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    asked.push(`${new URL(input).pathname} ${headers.get("last-event-id") ?? "-"}`);
    const answer = answers.shift();
    return answer ? Promise.resolve(answer(headers, init)) : Promise.reject(new Error("refused"));
  };
  return { asked, client: statusClient(address, { fetch: ask as typeof fetch, token: "secret" }) };
}

const event = (n: number) =>
  `id: abcdef01.${n}\ndata: ${
    JSON.stringify({ t: "2026-11-26T14:00:00.000Z", type: "finished", node: `${n}`, seconds: n })
  }\n\n`;

/** A connection on which these texts come, and then its end, or nothing more until it is cancelled. */
const stream =
  (texts: readonly string[], end: "ends" | "stays" = "ends") =>
  (_: Headers, { signal }: RequestInit) =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const text of texts) controller.enqueue(new TextEncoder().encode(text));
          if (end === "ends") controller.close();
          signal?.addEventListener("abort", () => {
            if (end === "stays") controller.error(signal.reason);
          });
        },
      }),
      { headers: { "content-type": "text/event-stream" } },
    );

async function ids(events: AsyncIterable<{ id: string; anew: boolean }>, most = Infinity) {
  const found: string[] = [];
  for await (const { id, anew } of events) {
    found.push(`${id}${anew ? " anew" : ""}`);
    if (found.length === most) break;
  }
  return found;
}

Deno.test("a client gets runs, one in full, its curves, its result and comparisons, as the server has them", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const client = clientOf(folder.path);
  const { total, runs } = await client.runs();
  expect([total, runs.map(({ name }) => name)]).toEqual([2, ["live", "done"]]);
  expect((await client.runs({ state: ["running", "failed"], q: "live", limit: 5 })).total).toBe(1);
  const run = await client.run("live");
  expect([run.state, run.nodes[2]?.rate, run.links.result]).toEqual(["running", 3000, null]);
  expect((await client.curves("live")).map(({ arm }) => arm)).toEqual(["npre", "npre2x"]);
  expect((await client.result("done")).targets.length).toBe(4);
  expect((await client.compare(["done", "live"])).runs.map(({ name }) => name)).toEqual([
    "done",
    "live",
  ]);
});

Deno.test("what a server refuses is a UserError in its words, with a next step", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const client = clientOf(folder.path);
  const told = (promise: Promise<unknown>) =>
    promise.then(() => "nothing", (error: Error) => `${error.name}: ${error.message}`);
  expect(await told(client.run("none"))).toBe(
    'UserError: Cannot ask http://127.0.0.1:8000/api/runs/none: There is no run "none". ' +
      "/api/runs lists those that there are.",
  );
  expect(await told(client.result("live"))).toContain("This run has no results yet");
  expect(await told(client.runs({ limit: 0 }))).toContain("limit: it needs a whole number from 1");
  expect(await told(client.run("../../secret"))).toContain("There is no run");
  const { client: closed } = scripted(() => new Response("{}", { status: 401 }));
  expect(await told(closed.runs())).toBe(
    "UserError: Cannot ask http://127.0.0.1:8000/api/runs: it needs the token of the server, found another one. " +
      "Give the one that it told when it started.",
  );
  expect(await told(closed.runs())).toBe(
    "UserError: Cannot reach http://127.0.0.1:8000/: it needs a server that answers, found none (refused). " +
      "Start one with `clusterfit serve`, or give its address.",
  );
  const { client: other } = scripted(
    () => Response.json({ total: 1, runs: [{ name: 7 }] }),
    () => new Response("<p>"),
  );
  expect(await told(other.runs())).toMatch(
    /^UserError: Cannot read the answer of .*: runs\.0\.name: .* another version/,
  );
  expect(await told(other.runs())).toContain("another version");
  for (const url of ["127.0.0.1:8000", "file:///etc", ""]) {
    expect(() => statusClient(url)).toThrow(/Cannot ask the server ".*": it needs an address/);
  }
});

Deno.test("the token goes with each request, and not elsewhere: a server that sends on is refused", async () => {
  const seen: (string | null)[] = [];
  const { client } = scripted((headers, init) => {
    seen.push(headers.get("authorization"), init.redirect ?? null);
    return Response.json({ total: 0, runs: [] });
  });
  await client.runs();
  expect(seen).toEqual(["Bearer secret", "error"]);
});

Deno.test("events come once and in order, over connections that break in the middle of one", async () => {
  const broken = event(3).slice(0, 30);
  const { client, asked } = scripted(
    stream(["retry: 1\n\n", event(1), `:\n\n${event(2)}`, broken]),
    () => new Response("busy", { status: 503 }),
    stream(["retry: 1\n\n", event(3).replaceAll("\n", "\r\n"), event(4)]),
    stream([event(5)], "stays"),
  );
  expect(await ids(client.events("run"), 5)).toEqual([1, 2, 3, 4, 5].map((n) => `abcdef01.${n}`));
  expect(asked).toEqual(
    ["-", "abcdef01.2", "abcdef01.2", "abcdef01.4"].map((id) => `/api/runs/run/stream ${id}`),
  );
});

Deno.test("events are read whatever pieces they come in", async () => {
  const bytes = `retry: 1\n\n${event(1)}${
    event(2).replaceAll("\n", "\r\n")
  }event: gone\ndata: {}\n\n`.split("");
  const { client } = scripted(stream(bytes));
  expect(await ids(client.events("run"))).toEqual(["abcdef01.1", "abcdef01.2"]);
});

Deno.test("where the log is another one, its first event says that all before is void", async () => {
  const other = event(1).replace("abcdef01", "99999999");
  const { client, asked } = scripted(
    stream(["retry: 1\n\n", event(7)]),
    stream(["event: reset\ndata: {}\n\n", other, other.replace(".1", ".2")], "stays"),
  );
  expect(await ids(client.events("run", { after: "abcdef01.6" }), 3))
    .toEqual(["abcdef01.7", "99999999.1 anew", "99999999.2"]);
  expect(asked[0]).toContain("abcdef01.6");
});

Deno.test("a stream ends where the run is removed, and by its signal, also while it waits", async () => {
  const gone = scripted(stream([event(1), "event: gone\ndata: {}\n\n"], "stays"));
  expect(await ids(gone.client.events("run"))).toEqual(["abcdef01.1"]);
  const ends = new AbortController();
  const open = scripted(stream([event(1)], "stays"));
  const found: string[] = [];
  for await (const { id } of open.client.events("run", { signal: ends.signal })) {
    found.push(id);
    queueMicrotask(() => ends.abort());
  }
  expect(found).toEqual(["abcdef01.1"]);
  const waits = scripted(stream(["retry: 30000\n\n"]));
  const later = new AbortController();
  const all = ids(waits.client.events("run", { signal: later.signal }));
  setTimeout(() => later.abort(), 10);
  expect(await all).toEqual([]);
});

Deno.test("a first connection that fails is told; so is a refusal later, and an event of another version", async () => {
  await expect(ids(scripted().client.events("run"))).rejects.toThrow("Cannot reach");
  await expect(ids(scripted(() => new Response("", { status: 503 })).client.events("run"))).rejects
    .toThrow("it answers 503, without words");
  const removed = scripted(
    stream(["retry: 1\n\n", event(1)]),
    () => Response.json({ error: "There is no such run." }, { status: 404 }),
  );
  await expect(ids(removed.client.events("run"))).rejects.toThrow("There is no such run.");
  const strange = scripted(stream(['id: abcdef01.1\ndata: {"type":"exploded"}\n\n'], "stays"));
  await expect(ids(strange.client.events("run"))).rejects.toThrow(
    "Use the same version as the server",
  );
});

Deno.test("a connection on which nothing comes, not even a comment, is given up", async () => {
  const stopped = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => void stopped.promise.then(() => controller.error(new Error("stopped"))),
  });
  const messages = readMessages(body, { silence: 1, stop: stopped.resolve });
  await expect(messages.next()).rejects.toThrow("stopped");
});
