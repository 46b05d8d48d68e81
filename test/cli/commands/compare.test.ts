import { join } from "node:path";
import { expect } from "expect";
import { comparisonSchema } from "../../../src/report/comparison/comparison.ts";
import { hold, writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { said } from "../said.ts";

const compare = (...args: string[]) => said("compare", ...args);

async function twoRuns() {
  const folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  await writeRunningRun(folder.path, "live", Date.parse("2030-01-01"));
  return folder;
}

Deno.test("clusterfit compare shows a finished run beside one under way, by id or by folder", async () => {
  await using folder = await twoRuns();
  using _held = await hold(folder.path, "live");
  const { code, stdout, stderr } = await compare(
    join(folder.path, "done"),
    "live",
    "--runs",
    folder.path,
  );
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^A {2}done\n {3}finished · 11 of 11 stages/);
  expect(stdout).toMatch(/\nB {2}live\n {3}running · 1 of 11 stages/);
  expect(stdout).toContain("B has no results: it is running.");
  expect(stdout).toContain("Loss on the teacher’s task, by epoch");
  expect(stdout).toMatch(/\n {2}\d {2}B {2}Npre 2x\n/);
  expect(stdout).not.toContain("\u001b");
});

Deno.test("clusterfit compare --json prints one object; --out writes a page, whole or not at all", async () => {
  await using folder = await twoRuns();
  const page = join(folder.path, "compare.html");
  const { code, stdout, stderr } = await compare(
    ...["done", "live", "--runs", folder.path, "--json", "--out", page],
  );
  expect([code, stderr]).toEqual([0, `Wrote ${page}\n`]);
  const comparison = comparisonSchema.parse(JSON.parse(stdout));
  expect(comparison.runs.map(({ name, state }) => [name, state]))
    .toEqual([["done", "finished"], ["live", "interrupted"]]);
  expect(comparison.curves.filter(({ run }) => run === 1).map(({ points }) => points.length))
    .toEqual([24, 12]);
  expect(await Deno.readTextFile(page)).toMatch(/^<!DOCTYPE html>.*2 runs compared.*<\/html>\s*$/s);
});

Deno.test("a file that cannot be written is told before any run is read", async () => {
  await using folder = await twoRuns();
  const ways = [
    [
      join(folder.path, "none/compare.html"),
      /it needs a folder to be in, found none at .*none\. Make it/,
    ],
    [folder.path, /it needs the name of a file, found a folder\. Give a name in it/],
  ] as const;
  for (const [out, message] of ways) {
    for (const command of [["compare", "none", "neither"], ["report", "none"]]) {
      const { code, stdout, stderr } = await said(...command, "--runs", folder.path, "--out", out);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(message);
    }
  }
});

const mistakes: readonly (readonly [args: string[], message: RegExp])[] = [
  [["done", "none"], /Cannot find the run "none": .* which has live, done\. Name one/],
  [["done"], /Cannot compare runs: it needs two to 8 of them, found 1\. Name others\./],
  [Array(9).fill("done"), /needs two to 8 of them, found 9/],
];
for (const [args, message] of mistakes) {
  Deno.test(`clusterfit compare ${args.join(" ")} says what is wrong`, async () => {
    await using folder = await twoRuns();
    const { code, stdout, stderr } = await compare(...args, "--runs", folder.path);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
}
