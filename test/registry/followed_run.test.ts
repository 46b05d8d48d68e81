import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "expect";
import { type RunEvent, sealEvent } from "../../src/pipeline/events.ts";
import { formatRecord, parseRecord } from "../../src/pipeline/record.ts";
import { FollowedRun, type Snapshot } from "../../src/registry/followed_run.ts";
import { RunFiles } from "../../src/registry/run_files.ts";
import { Runs } from "../../src/registry/runs.ts";
import { attempt, someKey } from "../pipeline/events.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { hold, lines, write, writeFinishedRun, writeRunningRun } from "./folders.ts";

/** Counts what is asked of the disk. */
class CountedFiles extends RunFiles {
  versions = 0;
  opened: string[] = [];
  /** Bytes. */
  read = 0;

  override version(...names: string[]) {
    this.versions++;
    return super.version(...names);
  }

  override async open(...names: string[]): Promise<FileHandle | undefined> {
    const file = await super.open(...names);
    if (!file) return file;
    this.opened.push(names.join("/"));
    const read = file.read.bind(file) as (...args: unknown[]) => Promise<{ bytesRead: number }>;
    return Object.assign(file, {
      read: async (...args: unknown[]) => {
        const answer = await read(...args);
        this.read += answer.bytesRead;
        return answer;
      },
    });
  }

  forget(): void {
    this.versions = this.read = 0;
    this.opened = [];
  }
}

/** The curve of Npre 2x. */
const curveOf = (snapshot?: Snapshot) =>
  snapshot?.curves.find(({ arm }) => arm === "npre2x")?.points;

const append = (path: string, events: readonly RunEvent[]) =>
  Deno.writeTextFile(path, lines(events.map(sealEvent)), { append: true });

const began = (): RunEvent => ({
  t: at(),
  type: "run-started",
  attempt: { run: "live", ...attempt },
});

const at = () => new Date().toISOString();

Deno.test("one new line costs one line: of that log alone, and not what stands before it", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const path = join(folder.path, "live/events.jsonl");
  await Deno.writeTextFile(path, lines([sealEvent(began())]));
  const progress = {
    type: "progress",
    node: "seed-7.npre",
    total: 1e6,
    unit: "images",
  } as const;
  await append(path, Array.from({ length: 30_000 }, (_, done) => ({ t: at(), ...progress, done })));
  const files = new CountedFiles(folder.path);
  const runs = new Runs(files);
  await runs.glance("live");
  const size = (await Deno.stat(path)).size;
  expect(files.read).toBeGreaterThan(size);

  files.forget();
  await append(path, [{ t: at(), ...progress, done: 40_000 }]);
  const live = await runs.glance("live");
  expect(live?.status?.nodes[1]).toMatchObject({ done: 40_000 });
  expect(files.opened).toEqual(["live/events.jsonl"]);
  expect(files.read).toBeLessThan(5000);
});

Deno.test("a run's page reads its training logs once, and then only what they grew by", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const files = new CountedFiles(folder.path);
  const runs = new Runs(files);
  expect(curveOf(await runs.find("live"))?.length).toBe(12);
  files.forget();
  await runs.find("live");
  expect(files.opened).toEqual([]);
  const name = `objects/${someKey}.partial/log.jsonl`;
  const point = { epoch: 13, loss: 1, accuracy: 50, learningRate: 0.1 };
  const whole = (await Deno.readTextFile(join(folder.path, name))).split("\n");
  await Deno.writeTextFile(
    join(folder.path, name),
    `${whole.slice(0, -1).join("\n")}\n${lines([point])}`,
  );
  expect(curveOf(await runs.find("live"))?.at(-1)).toEqual(point);
  expect(files.opened).toEqual([name]);
});

Deno.test("a training log is followed from the partial folder into the artifact", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  using _held = await hold(folder.path, "live");
  const files = new CountedFiles(folder.path);
  const runs = new Runs(files);
  await runs.find("live");
  files.forget();
  await Deno.rename(
    join(folder.path, `objects/${someKey}.partial`),
    join(folder.path, "live/artifacts/seed-7.npre2x"),
  );
  expect(curveOf(await runs.find("live"))?.length).toBe(12);
  expect(files.opened).toEqual([]);
});

Deno.test("a summary is verified once and again when its files change", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const files = new CountedFiles(folder.path);
  const runs = new Runs(files);
  expect((await runs.find("done"))?.summary).toBeDefined();
  files.forget();
  expect((await runs.find("done"))?.summary).toBeDefined();
  expect(files.opened).toEqual([]);
  const path = join(folder.path, "done/artifacts/summary/summary.json");
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text.replace("7", "8"));
  await Deno.utime(path, new Date(), new Date(Date.now() + 1000));
  const found = await runs.find("done");
  expect([found?.state, found?.summary]).toEqual(["damaged", undefined]);
});

Deno.test("what is gone from the disk leaves the memory", async () => {
  await using folder = await temporaryFolder();
  for (const name of ["a", "b", "c"]) await writeFinishedRun(folder.path, name);
  await Deno.mkdir(join(folder.path, "no-run"));
  const followed = new Map<string, FollowedRun>();
  const runs = new Runs(new RunFiles(folder.path), followed);
  for (const name of ["a", "b", "c", "no-run"]) await runs.listed(name);
  expect([...followed.keys()].sort()).toEqual(["a", "b", "c"]);
  runs.forget("a");
  expect([...followed.keys()].sort()).toEqual(["b", "c"]);
  await Deno.remove(join(folder.path, "b"), { recursive: true });
  expect(await runs.find("b")).toBeUndefined();
  expect([...followed.keys()]).toEqual(["c"]);
  for (let i = 0; i < 10; i++) await runs.find(`unknown-${i}`);
  expect([...followed.keys()]).toEqual(["c"]);
});

Deno.test("of many runs those are followed that were looked at last", async () => {
  await using folder = await temporaryFolder();
  const followed = new Map<string, FollowedRun>();
  const runs = new Runs(new RunFiles(folder.path), followed);
  for (let at = 0; at < 100; at++) {
    await write(join(folder.path, `${at}/events.jsonl`), "");
    await runs.listed(`${at}`);
    await runs.listed("0");
  }
  expect(followed.size).toBe(64);
  expect([...followed.keys()].slice(-2)).toEqual(["99", "0"]);
});

Deno.test("a run that ends between the look at its log and at its lock has ended, and was not interrupted", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const path = join(folder.path, "live/events.jsonl");
  const whole = await Deno.readTextFile(path);
  await Deno.truncate(path, whole.lastIndexOf("\n") + 1);
  const asked = () => {
    Deno.writeTextFileSync(path, lines([sealEvent({ t: at(), type: "run-stopped" })]), {
      append: true,
    });
    return false;
  };
  const run = new FollowedRun(new RunFiles(folder.path), "live", asked);
  expect((await run.glance())?.state).toBe("stopped");
});

Deno.test("a run that goes on between the two looks is running", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const path = join(folder.path, "live/events.jsonl");
  const whole = await Deno.readTextFile(path);
  await Deno.truncate(path, whole.lastIndexOf("\n") + 1);
  const answers = [false, true];
  const asked = () => {
    Deno.writeTextFileSync(path, lines([sealEvent(began())]), { append: true });
    return answers.shift()!;
  };
  const run = new FollowedRun(new RunFiles(folder.path), "live", asked);
  expect((await run.glance())?.state).toBe("running");
  expect(answers).toEqual([]);
});

Deno.test("a run whose graph has changed is followed with its new stages", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  const run = new FollowedRun(new RunFiles(folder.path), "live");
  expect((await run.glance())?.status?.nodes.length).toBe(11);
  const path = join(folder.path, "live/run.json");
  const record = parseRecord(await Deno.readTextFile(path));
  await Deno.writeTextFile(path, formatRecord({ ...record, nodes: record.nodes.slice(0, 3) }));
  const glance = await run.glance();
  expect(glance?.status?.nodes.map(({ state }) => state))
    .toEqual(["waiting", "finished", "interrupted"]);
});

Deno.test("looks that overlap take each line once", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const run = new FollowedRun(new RunFiles(folder.path), "done");
  const found = await Promise.all(Array.from({ length: 5 }, () => run.glance()));
  expect(found.map((glance) => glance?.status?.seconds)).toEqual(Array(5).fill(201));
});
