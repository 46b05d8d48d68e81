import { join } from "node:path";
import { expect } from "expect";
import { UserError } from "../../src/pipeline/errors.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { type Node, node } from "../../src/pipeline/graph.ts";
import { finishedRun } from "../../src/pipeline/finished.ts";
import { formatJsonLines, JsonLog } from "../../src/pipeline/jsonl.ts";
import { stageOrigins } from "../../src/pipeline/origins.ts";
import type { ExecuteOptions } from "../../src/pipeline/run.ts";
import { seal } from "../../src/pipeline/sealed.ts";
import { defineStage } from "../../src/pipeline/stage.ts";
import { listRuns, openRun } from "../../src/pipeline/store.ts";
import { attempt } from "./events.ts";
import { execute, record } from "./execute.ts";
import { doing, summing } from "./graph_run.ts";
import { toyGraph, type ToyServices, witness } from "./toy.ts";

/** Runs again and gives what is said about damage, and what happened. */
async function again(out: string) {
  const events: RunEvent[] = [];
  const run = await execute(out, "toy", { onEvent: (event) => void events.push(event) });
  const told = events.flatMap((event) => event.type === "run-damaged" ? [event.message] : []);
  return { run, told, types: events.map(({ type }) => type) };
}

Deno.test("executeRun() leaves a run that listRuns() finds, with its record and events", async () => {
  const out = await Deno.makeTempDir();
  await execute(out);
  const [run] = await listRuns(out);
  expect(run?.record.nodes.map(({ id, inputs }) => [id, inputs])).toEqual([
    ["first", []],
    ["second", ["first"]],
  ]);
  expect((await run?.events())?.map(({ type }) => type)).toEqual(
    ["run-started", "started", "finished", "started", "progress", "finished", "run-finished"],
  );
  expect(await Deno.readTextFile(await run?.artifactFile("second", "number.txt") ?? "")).toBe("2");
});

Deno.test("run.json says of each node whose work it is, and what the run compares", async () => {
  const out = await Deno.makeTempDir();
  const serves = [{ arm: "ncf", seed: 7, at: { noise: 0.25, teacher: "rotnet" } }];
  const [second] = toyGraph(1);
  const { record } = await execute(out, "toy", { nodes: [{ ...second!, serves }] });
  expect(record.study).toEqual({ arms: ["one"] });
  expect((await openRun(join(out, "toy"))).record.nodes.map(({ serves }) => serves))
    .toEqual([[], serves]);
});

Deno.test("of progress that comes fast the log keeps the first and the last", async () => {
  const out = await Deno.makeTempDir();
  const stage = defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
    ...{ name: "fast", version: 1, inputs: {}, output: "number" },
    async run({ dir, progress }) {
      for (let done = 1; done <= 9; done++) progress({ done, total: 9, unit: "numbers" });
      await Deno.writeTextFile(join(dir, "number.txt"), "9");
      return ["number.txt"];
    },
  });
  const told: number[] = [];
  const run = await execute(out, "toy", {
    nodes: [node(stage, { id: "fast", title: "Fast", config: {}, inputs: {} })],
    onEvent: (event) => void (event.type === "progress" && told.push(event.done)),
  });
  const logged = (await run.events()).flatMap((event) =>
    event.type === "progress" ? [event.done] : []
  );
  expect(logged[0]).toBe(1);
  expect(logged.at(-1)).toBe(9);
  expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]); // who watches is told all of it
});

Deno.test("whose work a node does enters no key", async () => {
  const out = await Deno.makeTempDir();
  await execute(out);
  const [second] = toyGraph(1);
  const serves = [{ arm: "other", seed: 8, at: {} }];
  const { ran, ...seen } = witness();
  await execute(out, "toy", { ...seen, nodes: [{ ...second!, serves }] });
  expect(ran).toEqual([]);
});

Deno.test("executeRun() keeps the date of the first start when it goes on", async () => {
  const out = await Deno.makeTempDir();
  const first = await execute(out);
  const second = await execute(out);
  expect(second.record.createdAt).toBe(first.record.createdAt);
});

Deno.test("executeRun() into a folder that cannot be made is the user's to mend", async () => {
  const file = await Deno.makeTempFile();
  const told = {
    name: "UserError",
    message: expect.stringContaining("it needs a place that can be written"),
  };
  await expect(execute(join(file, "runs"))).rejects.toMatchObject(told);
  await expect(execute("/proc/clusterfit")).rejects.toMatchObject(told);
  const { message } = await execute("/proc/clusterfit").catch((error: Error) => error) as Error;
  expect(message.match(/\/proc\/clusterfit/g)?.length).toBe(1);
});

Deno.test("openRun() of a folder without a run says so, and listRuns() passes it over", async () => {
  const out = await Deno.makeTempDir();
  await Deno.mkdir(join(out, "other"));
  await Deno.mkdir(join(out, "broken"));
  await Deno.writeTextFile(join(out, "broken", "run.json"), "{");
  await expect(openRun(join(out, "other"))).rejects.toThrow("it needs a run.json, found none");
  await expect(openRun(join(out, "broken"))).rejects.toMatchObject({ name: "UserError" });
  expect(await listRuns(out)).toEqual([]);
  expect(await listRuns(join(out, "missing"))).toEqual([]);
});

Deno.test("a published file that is no longer what was written is said and written again", async () => {
  const out = await Deno.makeTempDir();
  const { dir } = await execute(out);
  expect((await again(out)).told).toEqual([]);
  await Deno.writeTextFile(join(dir, "page.txt"), "a pag");
  expect((await again(out)).told).toEqual([
    `page.txt of ${dir} changed since the run wrote it: written again`,
  ]);
  expect(await Deno.readTextFile(join(dir, "page.txt"))).toBe("a page");
  await Deno.remove(join(dir, "page.txt"));
  expect((await again(out)).told).toHaveLength(1);
  expect((await again(out)).told).toEqual([]);
});

Deno.test("damaged lines of the event log are said once, skipped and left out from then on", async () => {
  const out = await Deno.makeTempDir();
  const { dir } = await execute(out);
  const path = join(dir, "events.jsonl");
  const lines = (await Deno.readTextFile(path)).split("\n");
  lines[2] = lines[2]!.replace('"seconds":', '"seconds":1');
  await Deno.writeTextFile(path, lines.join("\n"));
  const { told, run, types } = await again(out);
  expect(told).toEqual([
    `${path} is damaged: line 3 cannot be read (1 in all); what it said there, of times and machines, is lost`,
  ]);
  expect(types).not.toContain("started");
  expect((await run.eventLog()).bad).toEqual([]);
  expect((await again(out)).told).toEqual([]);
});

Deno.test("an event log that is empty or gone is said, and nothing runs again", async () => {
  for (const harm of [(path: string) => Deno.truncate(path), (path: string) => Deno.remove(path)]) {
    const out = await Deno.makeTempDir();
    const { dir } = await execute(out);
    await harm(join(dir, "events.jsonl"));
    const { told, types } = await again(out);
    expect(told).toEqual([
      expect.stringMatching(/events\.jsonl does not tell of its start: it lost lines/),
    ]);
    expect(types).not.toContain("started");
  }
});

Deno.test("a run that ended before it could tell of an artifact is not damaged; a log that lost more lines is", async () => {
  // lines: run-started, started, finished, started, progress, finished, run-finished
  const failed = {
    t: "2026-01-01T00:00:00.000Z",
    type: "run-failed",
    message: "EIO",
    published: {},
  };
  const told = async (keep: (line: number) => boolean, then = "") => {
    const out = await Deno.makeTempDir();
    const { dir } = await execute(out);
    const path = join(dir, "events.jsonl");
    const lines = (await Deno.readTextFile(path)).split(/(?<=\n)/);
    await Deno.writeTextFile(path, lines.filter((_, at) => keep(at + 1)).join("") + then);
    return (await again(out)).told;
  };
  expect(await told((line) => line <= 5)).toEqual([]);
  expect(await told((line) => line <= 5, formatJsonLines([seal(failed)]))).toEqual([]);
  expect(await told((line) => line <= 2)).toEqual([
    expect.stringMatching(/events\.jsonl does not tell of first, second: it lost lines; /),
  ]);
  expect(await told((line) => line !== 6)).toEqual([
    expect.stringMatching(/events\.jsonl does not tell of second: it lost lines; /),
  ]);
});

Deno.test("a run that died before its first event is not damaged", async () => {
  const out = await Deno.makeTempDir();
  const { dir } = await execute(out);
  await Deno.remove(join(dir, "artifacts"), { recursive: true });
  await Deno.remove(join(dir, "events.jsonl"));
  expect((await again(out)).told).toEqual([]);
});

Deno.test("a damaged run.json is refused, and nothing is written", async () => {
  const out = await Deno.makeTempDir();
  const { dir } = await execute(out);
  const path = join(dir, "run.json");
  const before = await Deno.readTextFile(join(dir, "events.jsonl"));
  const text = (await Deno.readTextFile(path)).replace('"value": 1', '"value": 2');
  await Deno.writeTextFile(path, text);
  await expect(execute(out)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/^Cannot read .*run\.json: its checksum.*move the folder away/),
  });
  expect(await Deno.readTextFile(path)).toBe(text);
  expect(await Deno.readTextFile(join(dir, "events.jsonl"))).toBe(before);
});

Deno.test("a run whose run.json was begun with other settings is refused", async () => {
  const out = await Deno.makeTempDir();
  await execute(out);
  await expect(execute(out, "toy", { record: { ...record("toy"), asked: { value: 2 } } })).rejects
    .toMatchObject({ name: "UserError", message: expect.stringContaining('{"value":1}') });
});

Deno.test("each attempt tells who it is, and each artifact which attempt made it", async () => {
  const out = await Deno.makeTempDir();
  const here = { ...attempt, hardware: { cpu: "here" } };
  const there = { ...attempt, hardware: { cpu: "there" } };
  const stop = new AbortController();
  const { services } = witness();
  await execute(out, "toy", {
    attempt: here,
    signal: stop.signal,
    services,
    onEvent: (event) => event.type === "finished" && stop.abort("stopped"),
  }).catch(() => {});
  const run = await execute(out, "toy", { attempt: there });
  const origins = stageOrigins(await run.events());
  expect(origins.get("first")).toMatchObject({ run: "toy", hardware: { cpu: "here" } });
  expect(origins.get("second")).toMatchObject({ run: "toy", hardware: { cpu: "there" } });

  const linked = await execute(out, "other", { attempt: there });
  const elsewhere = stageOrigins(await linked.events());
  expect(elsewhere.get("first")).toEqual(origins.get("first"));
  expect(run.record.command).toEqual(["toy"]);
});

Deno.test("executeRun() refuses a number of workers that no stage could run with", async () => {
  for (const workers of [0, -1, 1.5, NaN, Infinity]) {
    const out = await Deno.makeTempDir();
    await expect(execute(out, "toy", { workers })).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(
        `it needs a whole number of workers from 1 on, found ${workers}.`,
      ),
    });
    expect(await Array.fromAsync(Deno.readDir(out))).toEqual([]);
  }
});

/** A stage that tells its progress from a timer, where nobody could catch an error, until it is stopped. */
function ticking(ended: () => void): Node<"number", ToyServices> {
  const tick = defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
    name: "tick",
    version: 1,
    inputs: {},
    output: "number",
    async run({ signal, progress }) {
      let done = 0;
      const timer = setInterval(() => progress({ done: ++done, total: 1e9, unit: "ticks" }), 1);
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      clearInterval(timer);
      ended();
      return [];
    },
  });
  return node(tick, { id: "tick", title: "Tick", config: {}, inputs: {} });
}

/** What the system says of a full disk. */
function writeToFull(): void {
  using file = Deno.openSync("/dev/full", { write: true });
  file.writeSync(new Uint8Array(1));
}

Deno.test({
  name:
    "an event log that cannot be written in the middle of a progress tick is the run's one failure",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const out = await Deno.makeTempDir();
    const { append } = JsonLog.prototype;
    let tries = 0;
    JsonLog.prototype.append = function (event) {
      if ((event as unknown as RunEvent).type !== "progress") return append.call(this, event);
      tries++;
      writeToFull();
    };
    try {
      let ended = false;
      const error = await execute(out, "toy", {
        nodes: [ticking(() => ended = true)],
      })
        .catch((error: unknown) => error);
      expect(error).toBeInstanceOf(UserError);
      const { message } = error as Error;
      expect(message).toContain("Cannot write the run folder");
      expect(message.match(/No space left/g)).toHaveLength(1);
      expect(message.match(/Free some disk space/g)).toHaveLength(1);
      expect({ ended, tries }).toEqual({ ended: true, tries: 1 });
      const [run] = await listRuns(out);
      expect((await run?.events())?.map(({ type }) => type)).toEqual(["run-started", "started"]);
    } finally {
      JsonLog.prototype.append = append;
    }
    await execute(out);
  },
});

Deno.test("a listener that throws in the middle of a progress tick is the run's one failure", async () => {
  const out = await Deno.makeTempDir();
  const closed = new UserError("Cannot write to stdout: Broken pipe.");
  let told = 0;
  const running = execute(out, "toy", {
    nodes: [ticking(() => {})],
    onEvent(event) {
      if (event.type !== "progress") return;
      told++;
      throw closed;
    },
  });
  await expect(running).rejects.toBe(closed);
  expect(told).toBe(1);
  const [run] = await listRuns(out);
  expect((await run?.events())?.at(-1)).toMatchObject({
    type: "run-failed",
    message: closed.message,
  });
});

Deno.test("a run folder that is removed while the run is under way is told as that", async () => {
  const out = await Deno.makeTempDir();
  const removing = execute(out, "toy", {
    services: () =>
      Promise.resolve({ touch: () => Deno.remove(join(out, "toy"), { recursive: true }) }),
  });
  await expect(removing).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringMatching(
      /toy, found it removed while the run was under way\. Run the same/,
    ),
  });
  await execute(out);
});

Deno.test("folders in place of a run's files are one message each", async () => {
  for (const name of ["run.json", "events.jsonl", "lock"]) {
    const out = await Deno.makeTempDir();
    await Deno.mkdir(join(out, "toy", name), { recursive: true });
    await expect(execute(out)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(new RegExp(`${name}'\\. A folder stands where a file is`)),
    });
  }
});

Deno.test("a run.json of another version is refused and left as it is", async () => {
  const out = await Deno.makeTempDir();
  await execute(out);
  const path = join(out, "toy", "run.json");
  const older = (await Deno.readTextFile(path)).replace('"schema": 2', '"schema": 1');
  await Deno.writeTextFile(path, older);
  await expect(execute(out)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining("needs schema 2, found 1"),
  });
  expect(await Deno.readTextFile(path)).toBe(older);
});

Deno.test("what a killed process left half written is gone once the run goes on", async () => {
  const out = await Deno.makeTempDir();
  await execute(out);
  const left = [`run.json.${crypto.randomUUID()}.tmp`, ".network.safetensors.77.tmp"];
  for (const name of left) await Deno.writeTextFile(join(out, "toy", name), "half");
  await execute(out);
  const names = (await Array.fromAsync(Deno.readDir(join(out, "toy")))).map(({ name }) => name);
  expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

/** A stage that says that it works and goes on when it may. */
function gate() {
  const begun = Promise.withResolvers<void>();
  const open = Promise.withResolvers<void>();
  const gated = doing("gated", () => (begun.resolve(), open.promise));
  return { nodes: [gated], begun: begun.promise, open: () => open.resolve() };
}

Deno.test("executeRun() holds the run's lock as long as it works: the same run is refused meanwhile", async () => {
  const out = await Deno.makeTempDir();
  const { nodes, begun, open } = gate();
  const first = execute(out, "toy", { nodes });
  await begun;
  const second = execute(out, "toy", { nodes, onEvent: open }); // lets the first end where it got in
  await expect(second).rejects.toThrow(`held by process ${Deno.pid}`);
  open();
  await first;
  await execute(out, "toy", { nodes });
});

Deno.test("two runs that need the same stage make it once, and the other's origin is told", async () => {
  const out = await Deno.makeTempDir();
  const { nodes, begun, open } = gate();
  const first = execute(out, "one", { nodes });
  await begun;
  const types: string[] = [];
  const second = await execute(out, "two", {
    nodes,
    onEvent(event) {
      types.push(event.type);
      if (event.type === "waiting") open();
    },
  });
  await first;
  expect(types).toEqual(["run-started", "waiting", "reused", "run-finished"]);
  expect(stageOrigins(await second.events()).get("gated")?.run).toBe("one");
});

Deno.test("a run with failures publishes what it can, counts them and throws the first", async () => {
  const out = await Deno.makeTempDir();
  let broken = true;
  const [one, two] = ["one", "two"].map((id) =>
    doing(id, () => broken ? Promise.reject(new UserError(`${id} is bad.`)) : Promise.resolve())
  );
  const nodes = [one!, two!, summing("sum", [one!]), doing("good", () => Promise.resolve())];
  const published: (readonly string[])[] = [];
  const publish: ExecuteOptions<ToyServices>["publish"] = async (run, made) => {
    published.push([...made]);
    await Deno.writeTextFile(join(run.dir, "page.txt"), "a page");
    return ["page.txt"];
  };
  await expect(execute(out, "toy", { nodes, publish })).rejects.toThrow("one is bad.");
  const [run] = await listRuns(out);
  expect((await run!.events()).at(-1)).toMatchObject({
    type: "run-failed",
    message: '2 of 4 stages failed, first "ONE": one is bad.',
    published: { "page.txt": expect.any(String) },
  });
  expect(await finishedRun({ dir: run!.dir, out, nodes })).toBeUndefined();
  await Deno.writeTextFile(join(run!.dir, "page.txt"), "changed");
  broken = false;
  const events: RunEvent[] = [];
  await execute(out, "toy", { nodes, publish, onEvent: (event) => void events.push(event) });
  expect(published).toEqual([["good"], ["one", "two", "sum", "good"]]);
  expect(events[1]).toMatchObject({
    type: "run-damaged",
    message: expect.stringContaining("page.txt"),
  });
  expect(await finishedRun({ dir: run!.dir, out, nodes })).toBeDefined();
});

Deno.test("what a killed process was linking is gone once the run goes on", async () => {
  const out = await Deno.makeTempDir();
  await execute(out);
  const left = join(out, "toy", "linking", "gone");
  await Deno.mkdir(left, { recursive: true });
  await execute(out);
  await expect(Deno.stat(left)).rejects.toThrow(Deno.errors.NotFound);
});
