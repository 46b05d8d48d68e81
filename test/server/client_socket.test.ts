/** The client of a program against a server on a port, which is stopped and started again. */
import { expect } from "expect";
import { join } from "node:path";
import { statusClient } from "clusterfit";
import { type RunEvent, sealEvent } from "../../src/pipeline/events.ts";
import { serve } from "../../src/server/serve.ts";
import { currentEnvironment } from "../../tasks/lib/environment.ts";
import { lines, writeFinishedRun, writeRunningRun } from "../registry/folders.ts";
import { temporaryFolder } from "../temporary_folder.ts";

const token = "a-token-of-a-test-that-is-long-enough";

/** A server on any free port. */
async function started(out: string): Promise<AsyncDisposable & { readonly port: number }> {
  const ends = new AbortController();
  const { promise: url, resolve, reject } = Promise.withResolvers<string>();
  const ended = serve({ out, port: 0, token, signal: ends.signal, onListen: resolve });
  ended.catch(reject);
  return {
    port: Number(new URL(await url).port),
    async [Symbol.asyncDispose]() {
      ends.abort();
      await ended;
    },
  };
}

const note = (message: string): RunEvent => ({
  ...{ t: new Date().toISOString(), type: "run-damaged", message },
});

async function append(out: string, ...messages: string[]): Promise<void> {
  const text = lines(messages.map((message) => sealEvent(note(message))));
  await Deno.writeTextFile(join(out, "live/events.jsonl"), text, { append: true });
}

/** What comes on a stream of events until such a message does. */
async function until(message: string, events: AsyncIterator<{ id: string; event: RunEvent }>) {
  const found: string[] = [];
  for (;;) {
    const { value, done } = await events.next();
    if (done) throw new Error(`the stream ended after ${found}`);
    found.push(value.id.split(".")[1]!);
    if ("message" in value.event && value.event.message === message) return found;
  }
}

Deno.test("a stream goes on where it was when its server is started again, and needs the token", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const path = join(folder.path, "live/events.jsonl");
  const whole = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, whole.slice(0, whole.lastIndexOf("\n") + 1));
  let port = 0;
  // The second server has another port: that of the first may be another's by then.
  const now = (url: string, init?: RequestInit) => fetch(url.replace(":8000", `:${port}`), init);
  const asked = (token?: string) =>
    statusClient("http://127.0.0.1:8000/", { fetch: now as typeof fetch, ...(token && { token }) });
  const client = asked(token);
  let events: AsyncIterator<{ id: string; event: RunEvent }>;
  {
    await using server = await started(folder.path);
    ({ port } = server);
    await expect(asked().runs()).rejects.toThrow("needs the token of the server, found none");
    expect((await client.runs()).runs.map(({ name }) => name)).toEqual(["live"]);
    events = client.events("live")[Symbol.asyncIterator]();
    await append(folder.path, "before");
    expect(await until("before", events)).toEqual(["1", "2", "3", "4", "5", "6"]);
  }
  await append(folder.path, "meanwhile");
  const next = until("meanwhile", events);
  await expect(client.run("live")).rejects.toThrow("Cannot reach");
  await using server = await started(folder.path);
  ({ port } = server);
  expect(await next).toEqual(["7"]);
  await append(folder.path, "after");
  expect(await until("after", events)).toEqual(["8"]);
  await events.return?.();
});

Deno.test("a program that may do nothing but ask its server follows runs by clusterfit/client", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "mine");
  await using server = await started(folder.path);
  const program = `
    import { statusClient, UserError } from "clusterfit/client";
    const server = statusClient("http://127.0.0.1:${server.port}/", { token: "${token}" });
    const { runs: [run] } = await server.runs();
    const result = await server.result(run.name);
    const refused = await server.run("none").catch((error) => error instanceof UserError);
    for await (const { event } of server.events(run.name)) {
      if (event.type === "run-finished") break;
    }
    console.log(JSON.stringify([run.name, result.targets.length > 0, refused]));
  `;
  const path = join(folder.path, "mine.ts");
  await Deno.writeTextFile(path, program);
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-net=127.0.0.1", "--config"]
      .concat(join(currentEnvironment().root, "deno.json"), path),
    env: { NO_COLOR: "1" },
  }).output();
  const [said, wrong] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  expect({ said, wrong }).toMatchObject({ said: '["mine",true,true]\n' });
});
