import { join } from "node:path";
import { expect } from "expect";
import { readCurves, writeCurves } from "../../src/export/curves.ts";
import { UserError } from "../../src/pipeline/errors.ts";
import { formatRecord, parseRecord } from "../../src/pipeline/record.ts";
import { openRun } from "../../src/pipeline/store.ts";
import { readTable } from "../../src/tables/read.ts";
import { summary } from "../report/fixture.ts";
import { said } from "../cli/said.ts";
import { write, writeFinishedRun, writeRunningRun } from "../registry/folders.ts";
import { sealSummary } from "../report/summary_artifact.ts";
import { temporaryFolder } from "../temporary_folder.ts";

type Summary = typeof summary;

/** A finished run with these curves on K 100 and 20. */
async function runWith(out: string, series: Summary["series"]) {
  await writeFinishedRun(out, "run");
  const study = { ...summary.study, axes: [{ ...summary.study.axes[0]!, values: [20, 100] }] };
  await sealSummary(join(out, "run"), { ...summary, study, series });
  return await openRun(join(out, "run"));
}

const point = (epoch: number, accuracy: number | null = 50) => ({
  ...{ epoch, loss: 2 / epoch, accuracy, learningRate: 0.1 },
});

Deno.test("a row for each epoch of each network, by arm, point, seed and epoch", async () => {
  await using folder = await temporaryFolder();
  const run = await runWith(folder.path, [
    { arm: "ncf", at: { k: 100 }, seed: 7, points: [point(1)] },
    { arm: "ncf", at: { k: 20 }, seed: 2 ** 32 - 1, points: [point(1), point(2)] },
    { arm: "ncf", at: { k: 20 }, seed: 7, points: [point(1)] },
    { arm: "npre", at: {}, seed: 7, points: [point(1, null)] },
  ]);
  for (const extension of ["jsonl", "parquet"]) {
    const path = join(folder.path, `curves.${extension}`);
    await writeCurves(run, path);
    const { rows, columns } = await readTable(path);
    expect(rows).toBe(5);
    expect(Object.fromEntries(columns)).toEqual({
      run: Array(5).fill("run"),
      arm: ["npre", "ncf", "ncf", "ncf", "ncf"],
      at: ["{}", '{"k":20}', '{"k":20}', '{"k":20}', '{"k":100}'],
      seed: [7, 7, 2 ** 32 - 1, 2 ** 32 - 1, 7],
      epoch: [1, 1, 1, 2, 1],
      loss: [2, 2, 2, 1, 2],
      accuracy: [null, 50, 50, 50, 50],
      learningRate: Array(5).fill(0.1),
    });
  }
});

Deno.test("curves in another order are the same bytes", async () => {
  await using folder = await temporaryFolder();
  const bytes = async (name: string, series: Summary["series"]) => {
    const path = join(folder.path, name, "curves.parquet");
    await Deno.mkdir(join(folder.path, name));
    await writeCurves(await runWith(join(folder.path, name), series), path);
    return await Deno.readFile(path);
  };
  expect(await bytes("a", summary.series)).toEqual(await bytes("b", summary.series.toReversed()));
});

Deno.test("of a run under way, the curves are as long as its logs, and what is damaged in them is told", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.parse("2030-01-01"));
  const run = await openRun(join(folder.path, "live"));
  const { columns, rows, notes } = await readCurves(run);
  expect([rows, notes]).toEqual([24 + 12, []]);
  expect(new Set(columns["arm"] as string[])).toEqual(new Set(["npre", "npre2x"]));
  const log = join(folder.path, "live/artifacts/seed-7.npre/log.jsonl");
  await Deno.writeTextFile(log, "rubbish\n", { append: true });
  expect((await readCurves(run)).notes).toEqual(["seed-7.npre/log.jsonl: 1 damaged line left out"]);
});

Deno.test("a run that cannot be read is told", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "run");
  const run = await openRun(join(folder.path, "run"));
  await Deno.remove(join(folder.path, "run/run.json"));
  await expect(readCurves(run)).rejects.toThrow(UserError);
  await expect(readCurves(run)).rejects.toThrow(/found that run\.json is missing/);
});

Deno.test("clusterfit curves prints JSON lines, or writes the table that --out names", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.parse("2030-01-01"));
  const runs = ["--runs", folder.path];
  const lines = await said("curves", "live", ...runs);
  expect([lines.code, lines.stderr]).toEqual([0, ""]);
  const rows = lines.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  expect(rows.length).toBe(36);
  expect(rows[0]).toMatchObject({ run: "live", arm: "npre", at: "{}", seed: 7, epoch: 1 });
  const out = join(folder.path, "c.csv");
  expect(await said("curves", "live", ...runs, "--out", out))
    .toEqual({ code: 0, stdout: `Wrote 36 rows to ${out}\n`, stderr: "" });
  expect((await Deno.readTextFile(out)).split("\n").length).toBe(38);
  const { code, stderr } = await said("curves", "none", ...runs, "--out", "c.png");
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /Cannot write the table c\.png: it needs a name that ends in one of \.csv/,
  );
});

Deno.test("clusterfit curves of a run without an epoch says so, and prints nothing", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.parse("2030-01-01"));
  const path = join(folder.path, "live/run.json");
  const record = parseRecord(await Deno.readTextFile(path));
  await write(path, formatRecord({ ...record, nodes: [] }));
  expect(await said("curves", "live", "--runs", folder.path))
    .toEqual({ code: 0, stdout: "", stderr: "No network of the run has an epoch yet.\n" });
});
