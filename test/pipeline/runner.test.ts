import { join } from "node:path";
import { expect } from "expect";
import { type Node, node } from "../../src/pipeline/graph.ts";
import { planGraph } from "../../src/pipeline/plan.ts";
import { runGraph } from "../../src/pipeline/runner.ts";
import { defineStage } from "../../src/pipeline/stage.ts";
import { Workspace } from "../../src/pipeline/workspace.ts";
import { toyGraph, type ToyServices, witness } from "./toy.ts";

interface Place {
  readonly out: string;
  readonly dir: string;
}

async function place(): Promise<Place> {
  const out = await Deno.makeTempDir();
  return { out, dir: join(out, "run") };
}

async function run(at: Place, nodes: Node<string, ToyServices>[], signal?: AbortSignal) {
  const seen = witness();
  const artifacts = await runGraph({
    ...at,
    ...seen,
    nodes,
    workers: 2,
    signal: signal ?? new AbortController().signal,
  });
  return { ...seen, artifacts };
}

const types = (events: readonly { type: string }[]) => events.map((event) => event.type);

Deno.test("runGraph() runs inputs first and hands their artifacts on", async () => {
  const at = await place();
  const { artifacts, ran } = await run(at, toyGraph(21));
  expect(ran).toEqual(["write", "double"]);
  const result = artifacts.get("second")?.file("number.txt") ?? "";
  expect(await Deno.readTextFile(result)).toBe("42");
  expect(() => artifacts.get("second")?.file("other.txt")).toThrow("number.txt");
});

Deno.test("runGraph() reuses what is done and starts no services for it", async () => {
  const at = await place();
  await run(at, toyGraph(1));
  const nodes = toyGraph(1);
  const events: string[] = [];
  await runGraph({
    ...at,
    nodes,
    workers: 1,
    signal: new AbortController().signal,
    services: () => Promise.reject(new Error("not needed")),
    onEvent: (event) => events.push(event.type),
  });
  expect(events).toEqual(["reused", "reused"]);
});

Deno.test("runGraph() runs again what a changed config reaches, and planGraph() says why", async () => {
  const at = await place();
  await run(at, toyGraph(1));
  const plan = await planGraph({ ...at, nodes: toyGraph(2) });
  expect(plan.map(({ id, action, why }) => [id, action, why])).toEqual([
    ["first", "run", "value changed from 1 to 2"],
    ["second", "run", "waits for first"],
  ]);
  expect((await run(at, toyGraph(2))).ran).toEqual(["write", "double"]);
});

Deno.test("runGraph() makes a damaged artifact again and says so", async () => {
  const at = await place();
  const { artifacts } = await run(at, toyGraph(3));
  await Deno.writeTextFile(artifacts.get("first")?.file("number.txt") ?? "", "4");
  expect((await planGraph({ ...at, nodes: toyGraph(3) }))[0]?.why).toContain("SHA-256");
  const again = await run(at, toyGraph(3));
  expect(types(again.events)).toEqual(["damaged", "started", "finished", "reused"]);
  expect(await Deno.readTextFile(again.artifacts.get("first")?.file("number.txt") ?? "")).toBe("3");
});

Deno.test("runGraph() takes over equal artifacts of another run", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  const other = { out: at.out, dir: join(at.out, "other") };
  expect((await planGraph({ ...other, nodes: toyGraph(5) })).map(({ action }) => action))
    .toEqual(["link", "link"]);
  const { ran, artifacts } = await run(other, toyGraph(5));
  expect(ran).toEqual([]);
  expect(artifacts.get("second")?.file("number.txt")).toContain("other");
});

Deno.test("equal commands give equal artifacts, whatever the time", async () => {
  const [a, b] = [await place(), await place()];
  const hashes = await Promise.all([a, b].map(async (at) => {
    const { artifacts } = await run(at, toyGraph(6));
    return [...artifacts.values()].map((artifact) => artifact.hash);
  }));
  expect(hashes[0]).toEqual(hashes[1]);
});

const failing = (error: Error) =>
  node(
    defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
      name: "fail",
      version: 1,
      inputs: {},
      output: "number",
      run: () => Promise.reject(error),
    }),
    { id: "fail", title: "Fail", config: {}, inputs: {} },
  );

Deno.test("runGraph() throws the first failure after the other stages have ended", async () => {
  const at = await place();
  let ended = false;
  const slow = node(
    defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
      name: "slow",
      version: 1,
      inputs: {},
      output: "number",
      async run({ signal }) {
        if (!signal.aborted) {
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
        }
        ended = true;
        return [];
      },
    }),
    { id: "slow", title: "Slow", config: {}, inputs: {} },
  );
  await expect(run(at, [slow, failing(new Error("boom"))])).rejects.toThrow("boom");
  expect(ended).toBe(true);
});

Deno.test("runGraph() tells a full disk as the user's to mend", async () => {
  const at = await place();
  const full = Object.assign(new Error("No space left on device"), { code: "ENOSPC" });
  await expect(run(at, [failing(full)])).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(
      /^"Fail" failed: No space left on device\. Free some disk space/,
    ),
  });
});

/** Counts to three, a checkpoint each; stops itself after `stopAfter` counts. */
const counting = (abort: AbortController, stopAfter: number, worked: number[]) =>
  node(
    defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
      name: "count",
      version: 1,
      inputs: {},
      output: "number",
      async run({ dir, signal }) {
        const path = join(dir, "checkpoint");
        let count = Number(await Deno.readTextFile(path).catch(() => "0"));
        while (count < 3) {
          await Deno.writeTextFile(path, String(++count));
          worked.push(count);
          if (count === stopAfter) abort.abort("stopped");
          signal.throwIfAborted();
        }
        await Deno.writeTextFile(join(dir, "number.txt"), String(count));
        return ["number.txt"];
      },
    }),
    { id: "count", title: "Count", config: {}, inputs: {} },
  );

Deno.test("a stopped stage goes on from its checkpoint, which is not part of its artifact", async () => {
  const at = await place();
  const stop = new AbortController();
  const worked: number[] = [];
  const stopped = await run(at, [counting(stop, 2, worked)], stop.signal).catch((error) => error);
  expect(stopped).toBe("stopped");
  expect((await planGraph({ ...at, nodes: [counting(stop, 0, worked)] }))[0]?.action).toBe(
    "resume",
  );
  const { artifacts, events } = await run(at, [counting(new AbortController(), 0, worked)]);
  expect(worked).toEqual([1, 2, 3]);
  expect(events[0]).toEqual({ type: "started", node: "count", resumed: true });
  const folder = join(artifacts.get("count")?.file("number.txt") ?? "", "..");
  const left = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  expect(left).toEqual(["manifest.json", "number.txt"]);
});

/** Changes the manifest of a finished artifact. */
async function editManifest(at: Place, node: string, edit: (text: string) => string) {
  const path = join(at.dir, "artifacts", node, "manifest.json");
  await Deno.writeTextFile(path, edit(await Deno.readTextFile(path)));
}

const edits: readonly [name: string, edit: (text: string) => string][] = [
  ["its config, not its key", (text) => text.replace('"value":3', '"value":4')],
  ["the length of a file", (text) => text.replace('"bytes":1', '"bytes":3')],
  ["its kind", (text) => text.replace('"kind":"number"', '"kind":"letter"')],
  ["its spelling", (text) => ` ${text}`],
  ["all of it", () => ""],
];

for (const [name, edit] of edits) {
  Deno.test(`a manifest changed in ${name} is told, and its stage alone runs again`, async () => {
    const at = await place();
    await run(at, toyGraph(3));
    await editManifest(at, "first", edit);
    const plan = await planGraph({ ...at, nodes: toyGraph(3) });
    expect(plan[0]).toMatchObject({ action: "run", why: expect.stringContaining("first") });
    const { events, ran } = await run(at, toyGraph(3));
    expect(types(events)).toEqual(["damaged", "started", "finished", "reused"]);
    expect(events[0]).toMatchObject({ message: expect.stringMatching(/first.*: made again$/) });
    expect(ran).toEqual(["write"]);
  });
}

Deno.test("an artifact that another run loses while it is looked at counts as missing", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  const other = { out: at.out, dir: join(at.out, "other") };
  const workspace = new Workspace<ToyServices>(other.dir, at.out);
  const [second] = toyGraph(5);
  const first = second!.inputs["from"]!;
  const found = await workspace.inspect(first, {});
  expect(found.state).toBe("elsewhere");
  await Deno.remove(join(at.dir, "artifacts"), { recursive: true });
  expect(await workspace.adopt(first, (found as { dir: string }).dir)).toBeUndefined();
  expect((await run(other, toyGraph(5))).ran).toEqual(["write", "double"]);
});

Deno.test("where one run's equal artifact is damaged, that of another one is taken", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  const others = ["a", "z"].map((name) => ({ out: at.out, dir: join(at.out, name) }));
  for (const other of others) await run(other, toyGraph(5));
  for (const { dir } of others) {
    const path = join(dir, "artifacts", "first", "number.txt");
    await Deno.remove(path); // the files of the runs are one file, by hard links
    await Deno.writeTextFile(path, "6");
  }
  const { ran, events } = await run({ out: at.out, dir: join(at.out, "new") }, toyGraph(5));
  expect([ran, types(events)]).toEqual([[], ["reused", "reused"]]);
});

Deno.test("a damaged artifact is taken from another run that has it", async () => {
  const at = await place();
  await run(at, toyGraph(5));
  const other = { out: at.out, dir: join(at.out, "other") };
  await run(other, toyGraph(5));
  const path = join(at.dir, "artifacts", "first", "number.txt");
  await Deno.remove(path);
  await Deno.writeTextFile(path, "6");
  const { ran, events } = await run(at, toyGraph(5));
  expect(ran).toEqual([]);
  expect(events[0]).toMatchObject({
    type: "damaged",
    message: expect.stringMatching(/is damaged: .*: taken from another run$/),
  });
});

Deno.test("what an attempt left is dropped, and said, where its record is damaged or another's", async () => {
  const at = await place();
  const stop = new AbortController();
  await run(at, [counting(stop, 2, [])], stop.signal).catch(() => {});
  const path = join(at.dir, "partial", "count", "partial.json");
  await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("count", "mount"));
  const worked: number[] = [];
  const { events } = await run(at, [counting(new AbortController(), 0, worked)]);
  expect(worked).toEqual([1, 2, 3]);
  expect(events[0]).toMatchObject({ message: expect.stringMatching(/partial\.json is damaged/) });
});

Deno.test("a stage can say that a file of an earlier attempt is damaged", async () => {
  const at = await place();
  const telling = node(
    defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
      name: "tell",
      version: 1,
      inputs: {},
      output: "number",
      run({ damaged }) {
        damaged("checkpoint is damaged: starts again");
        return Promise.resolve([]);
      },
    }),
    { id: "tell", title: "Tell", config: {}, inputs: {} },
  );
  const { events } = await run(at, [telling]);
  expect(events[1]).toEqual({
    type: "damaged",
    node: "tell",
    message: "checkpoint is damaged: starts again",
  });
});

Deno.test("a metric that is no number is left out of the progress, which goes on", async () => {
  const at = await place();
  const lost = node(
    defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
      name: "lost",
      version: 1,
      inputs: {},
      output: "number",
      run({ progress }) {
        const metrics = { loss: NaN, rate: Infinity, epoch: 1 };
        progress({ done: 1, total: 2, unit: "images", metrics });
        return Promise.resolve([]);
      },
    }),
    { id: "lost", title: "Lost", config: {}, inputs: {} },
  );
  const { events } = await run(at, [lost]);
  expect(events[1]).toMatchObject({ type: "progress", metrics: { epoch: 1 } });
  expect(events[1]).not.toHaveProperty("metrics.loss");
  expect(types(events)).toEqual(["started", "progress", "finished"]);
});
