import { join } from "node:path";
import { expect } from "expect";
import { formatRecord, parseRecord } from "../../src/pipeline/record.ts";
import { Registry } from "../../src/registry/registry.ts";
import { record, summary } from "../report/fixture.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { hold, write, writeFinishedRun, writeRunningRun } from "./folders.ts";

const now = Date.parse("2026-11-23T10:00:00Z");

const names = (registry: Registry, filter = {}) => registry.list(filter).map(({ name }) => name);

/** Changes fields of a run's record. */
async function edit(out: string, name: string, fields: Record<string, unknown>): Promise<void> {
  const path = join(out, name, "run.json");
  const text = await Deno.readTextFile(path);
  await write(path, formatRecord({ ...parseRecord(text), ...fields }));
}

Deno.test("runs are listed newest first, with the state that the lock says", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  await writeRunningRun(folder.path, "busy", now);
  await writeRunningRun(folder.path, "killed", now - 1000);
  await write(join(folder.path, "no-run", "notes.txt"), "nothing");
  using registry = Registry.open(folder.path);
  using _held = await hold(folder.path, "busy");

  await registry.refresh();

  expect(registry.list().map(({ name, state }) => [name, state])).toEqual([
    ["busy", "running"],
    ["killed", "interrupted"],
    [record.id, "finished"],
  ]);
  expect(registry.notes).toEqual([]);
});

Deno.test("a run's row says what it is, how far it came, and the loss of the training that was last at work", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "busy", now);
  using registry = Registry.open(folder.path);

  await registry.refresh();

  const [row] = registry.list();
  const npre2x = summary.series.find(({ arm, seed }) => arm === "npre2x" && seed === 7)!;
  expect(row).toMatchObject({
    ...{ name: "busy", id: "busy", title: record.title, experiment: "default", scale: "" },
    ...{ message: null, createdAt: new Date(now - 60_000).toISOString() },
    ...{ lastEvent: new Date(now - 1000).toISOString(), seconds: 59 },
    ...{ stagesDone: 1, stagesTotal: record.nodes.length + 1, command: record.command },
    curve: npre2x.points.slice(0, 12).map(({ loss }) => loss),
  });
  expect(row!.facts).toContainEqual(["images", "10,000"]);
});

Deno.test("a list is narrowed by state, experiment, data, date and words, and cut by limit and offset", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "old", now);
  await writeRunningRun(folder.path, "new", now + 3600_000);
  await writeFinishedRun(folder.path, "done");
  await edit(folder.path, "old", { config: { data: "/photos/100%_mine", k: [500, 750] } });
  using registry = Registry.open(folder.path);

  await registry.refresh();

  expect(names(registry, { states: ["interrupted"] })).toEqual(["new", "old"]);
  expect(names(registry, { states: [] })).toEqual([]);
  expect(names(registry, { experiment: "figure3" })).toEqual([]);
  expect(names(registry, { data: "100%" })).toEqual(["old"]);
  expect(names(registry, { data: "1%" })).toEqual([]);
  expect(names(registry, { from: "2026-11-23T09:59:00Z" })).toEqual(["new", "old"]);
  expect(names(registry, { to: "2026-11-23T09:59:00Z" })).toEqual(["done"]);
  expect(names(registry, { text: "CLUSTERFIT  new" })).toEqual(["new"]);
  expect(names(registry, { text: "' OR TRUE --" })).toEqual([]);
  expect(names(registry, { text: "train.learningrate=0.2 done" })).toEqual(["done"]);
  expect(names(registry, { text: "k=[500,750]" })).toEqual(["old"]);
  expect(names(registry, { text: "K=750" })).toEqual(["old"]);
  expect(names(registry, { text: "k=75" })).toEqual([]);
  expect(names(registry, { text: "rate=0.2" })).toEqual([]);
  expect(names(registry, { text: "threads=1 title=a" })).toEqual([]);
  expect(names(registry, { text: "threads=1" })).toEqual(["new", "old", "done"]);
  expect(names(registry, { limit: 1, offset: 1 })).toEqual(["old"]);
  expect(registry.count({ states: ["interrupted"], limit: 1 })).toBe(2);
  expect(registry.count()).toBe(3);
});

Deno.test("what a finished run measured, trained, made and began with is found by SQL", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  await edit(folder.path, record.id, {
    config: { k: [1500], training: { nesterov: true, learningRate: 0.1 }, device: null },
    asked: { k: 1500 },
  });
  using registry = Registry.open(folder.path);

  await registry.refresh({ details: true });

  const answer = (sql: string) => registry.query(sql).rows;
  const where = `JOIN runs USING (run) WHERE name = '${record.id}'`;
  const { measurements, series } = summary;
  expect(answer(`SELECT count(*), sum(value) FROM measurements ${where}`)).toEqual([
    [measurements.length, expect.closeTo(measurements.reduce((sum, { value }) => sum + value, 0))],
  ]);
  expect(answer(`SELECT point->>'k' FROM measurements ${where} AND arm = 'ncf' LIMIT 1`))
    .toEqual([[1500]]);
  expect(answer(`SELECT count(*) FROM curves ${where}`))
    .toEqual([[series.reduce((sum, { points }) => sum + points.length, 0)]]);
  expect(answer(`SELECT seed FROM seeds ${where} ORDER BY seed`)).toEqual([[7], [8], [9]]);
  expect(answer(`SELECT key, value, asked FROM config ${where} ORDER BY key`)).toEqual([
    ["device", null, 0],
    ["k", "[1500]", 1],
    ["training.learningRate", 0.1, 0],
    ["training.nesterov", 1, 0],
  ]);
  expect(answer(`SELECT node, file, kind FROM artifacts ${where}`))
    .toEqual([["summary", "summary.json", "summary"]]);
  expect(answer(`SELECT versions->>'torch', hardware->>'cores' FROM attempts ${where}`))
    .toEqual([["2.13.0+cpu", 2]]);
  expect(answer(`SELECT stage, stages.state FROM stages ${where} AND node = 'summary'`))
    .toEqual([["summarise", "finished"]]);
  expect(answer(`SELECT type FROM events ${where} ORDER BY number DESC LIMIT 1`))
    .toEqual([["run-finished"]]);
  expect(answer("SELECT * FROM events WHERE type = 'progress'")).toEqual([]);
});

Deno.test("a run that goes on, one that is killed, renamed or removed is seen by the next refresh", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  await writeRunningRun(folder.path, "busy", now);
  using registry = Registry.open(folder.path);
  const states = async () => {
    await registry.refresh({ details: true });
    return Object.fromEntries(registry.list().map(({ name, state }) => [name, state]));
  };
  {
    using _held = await hold(folder.path, "busy");
    expect(await states()).toEqual({ [record.id]: "finished", busy: "running" });
  }
  expect(await states()).toEqual({ [record.id]: "finished", busy: "interrupted" });
  {
    using _held = await hold(folder.path, "busy");
    expect(await states()).toEqual({ [record.id]: "finished", busy: "running" });
  }
  await Deno.rename(join(folder.path, "busy"), join(folder.path, "moved"));
  expect(await states()).toEqual({ [record.id]: "finished", moved: "interrupted" });
  await Deno.remove(join(folder.path, record.id), { recursive: true });
  expect(await states()).toEqual({ moved: "interrupted" });
  expect(registry.query("SELECT count(*) FROM measurements").rows).toEqual([[0]]);
});
