/** `verify`, `rm` and `gc` as one types them. */
import { join } from "node:path";
import { expect } from "expect";
import { isThere } from "../../../src/pipeline/files.ts";
import { lockFolder } from "../../../src/pipeline/lock.ts";
import { confirm } from "../../../src/cli/confirm.ts";
import { execute, record } from "../../pipeline/execute.ts";
import { flip } from "../../registry/flip.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { said } from "../said.ts";

Deno.test("verify without names reads all runs and objects, and ends with 0 where all is well", async () => {
  await using folder = await temporaryFolder();
  await execute(folder.path, "one");
  await execute(folder.path, "two");
  const { code, stdout } = await said("verify", "--runs", folder.path);
  expect({ code, stdout })
    .toEqual({
      code: 0,
      stdout: "2 runs and 2 objects: 6 files, 1 KB. All is as it was written.\n",
    });
});

Deno.test("verify tells a damaged file with its other names and what mends it, and ends with 1", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path, "one");
  await execute(folder.path, "two");
  await flip(join(dir, "artifacts/second/number.txt"));
  const { code, stdout } = await said("verify", "--runs", folder.path);
  const text = stdout.replace(/\s+/g, " ");
  expect(code).toBe(1);
  expect(text).toContain(`${dir}/artifacts/second/number.txt is damaged: it has SHA-256`);
  expect(text).toContain(
    `The same file: ${join(folder.path, "two/artifacts/second/number.txt")}, `,
  );
  expect(stdout).toContain("Mends it: the run's own command:\n    toy\n");
  expect(text).toContain("1 file damaged.");
  const json = JSON.parse((await said("verify", "one", "--runs", folder.path, "--json")).stdout);
  expect(json).toMatchObject({
    runs: [{ run: dir, state: "damaged" }],
    objects: 0,
    damage: [{ path: `${dir}/artifacts/second/number.txt`, also: [] }],
  });
});

Deno.test("the command that mends a run stands on a line of its own, as it is to be typed, however long", async () => {
  await using folder = await temporaryFolder();
  const command = [
    "deno",
    "task",
    "clusterfit",
    ...Array(20).fill("--workers 2".split(" ")).flat(),
  ];
  command.push("--out", folder.path);
  const { dir } = await execute(folder.path, "one", { record: { ...record("one"), command } });
  await flip(join(dir, "page.txt"));
  const lines = (await said("verify", "one", "--runs", folder.path)).stdout.split("\n");
  expect(lines).toContain(`    ${command.join(" ")}`);
  const packed = await said("pack", "one", "--runs", folder.path);
  expect(packed.stderr.split("\n")).toContain(`  ${command.join(" ")}`);
  await flip(join(dir, "run.json"), 60);
  expect((await said("verify", "one", "--runs", folder.path)).stdout).not.toContain("..\n");
});

Deno.test("a run that is not there is a mistake, with the names of those that are", async () => {
  await using folder = await temporaryFolder();
  await execute(folder.path, "one");
  await Deno.mkdir(join(folder.path, "no-run"));
  for (const command of ["verify", "rm"]) {
    for (const name of ["onne", "no-run", "objects"]) {
      const { code, stderr } = await said(command, name, "--runs", folder.path);
      expect(code).toBe(2);
      expect(stderr).toContain(`Cannot find the run "${name}"`);
      expect(stderr).toContain("which has one.");
    }
  }
});

Deno.test("rm removes the run, and says what gc frees then; gc frees it", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path, "one");
  const { code, stdout } = await said("rm", "one", "--yes", "--runs", folder.path);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^one: finished, A toy run; \d+ KB that nothing else uses\nRemoved .*one\n2 objects that no run uses: .*clusterfit gc --runs .* frees \d+ KB\.\n$/,
  );
  expect(await isThere(dir)).toBe(false);
  const dry = await said("gc", "--dry-run", "--runs", folder.path);
  expect(dry.stdout).toMatch(
    /^ +1 +\d KB {2}objects of the stage \w+\n +1 +\d KB {2}objects of the stage \w+\n$/,
  );
  expect((await said("gc", "--yes", "--runs", folder.path)).stdout).toMatch(/Removed \d KB\.\n$/);
  expect((await said("gc", "--yes", "--runs", folder.path)).stdout)
    .toBe("Every object is used: nothing to remove.\n");
});

Deno.test("rm takes a damaged run, and none that is at work or one of several that is", async () => {
  await using folder = await temporaryFolder();
  const [one, two] = [await execute(folder.path, "one"), await execute(folder.path, "two")];
  await flip(join(one.dir, "run.json"), 60);
  {
    using _held = await lockFolder(two.dir);
    const { code, stderr } = await said("rm", "one", "two", "--yes", "--runs", folder.path);
    expect(code).toBe(2);
    expect(stderr).toContain(`Cannot remove the run in ${two.dir}: it needs the folder's lock`);
    expect(await isThere(one.dir)).toBe(true);
  }
  const { code, stdout } = await said("rm", "one", "two", "two", "--yes", "--runs", folder.path);
  expect(code).toBe(0);
  expect(stdout).toContain("one: damaged; ");
  expect(stdout.match(/Removed/g)).toHaveLength(2);
});

Deno.test("without a terminal to ask on, nothing is removed", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path, "one");
  if (Deno.stdin.isTerminal()) return;
  const { code, stderr } = await said("rm", "one", "--runs", folder.path);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      "error: Cannot ask: it needs a terminal, found other input. Give --yes to do it without asking.\n",
  });
  expect(await isThere(dir)).toBe(true);
  expect((await said("gc", "--json", "--runs", folder.path)).stderr).toContain(
    "it needs --yes or --dry-run",
  );
});

Deno.test("only a yes is a yes", () => {
  const answers: [string | null, boolean][] = [
    ...[["y", true], ["Yes ", true], ["", false], ["n", false], ["yess", false], [null, false]] as [
      string | null,
      boolean,
    ][],
  ];
  for (const [typed, agreed] of answers) {
    expect(confirm("Remove it?", { ask: () => typed, say: () => {} })).toBe(agreed);
  }
});

Deno.test("gc as JSON names each folder, its stage and its size", async () => {
  await using folder = await temporaryFolder();
  await execute(folder.path, "one");
  await said("rm", "one", "--yes", "--runs", folder.path);
  const { stdout } = await said("gc", "--json", "--yes", "--runs", folder.path);
  const { garbage, removed, left, kept, underWay } = JSON.parse(stdout);
  expect({ removed, left, kept, underWay }).toEqual({
    removed: garbage,
    left: [],
    kept: [],
    underWay: [],
  });
  expect(garbage[0]).toMatchObject({
    kind: "object",
    stage: expect.any(String),
    bytes: expect.any(Number),
  });
});

Deno.test("pack writes <run>.tar.gz or --out, and unpack puts the run among others", async () => {
  await using folder = await temporaryFolder();
  await execute(folder.path, "one");
  const file = join(folder.path, "one.tar.gz");
  const { code, stdout } = await said("pack", "one", "--out", file, "--runs", folder.path);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Packed {4}7 files, \d KB, into \S+ \(\d KB\)\nUnpack {4}.*unpack \S+one\.tar\.gz --runs <folder>\n$/,
  );
  const others = join(folder.path, "others");
  const unpacked = await said("unpack", file, "--runs", others);
  expect(unpacked.stdout).toMatch(
    /^Unpacked {2}\S+others\/one\nNext {6}.*clusterfit show \S+others\/one\n$/,
  );
  const again = await said("unpack", file, "--runs", others);
  expect(again).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("it needs a place that is free"),
  });
  const json = JSON.parse(
    (await said("pack", "one", "--out", `${file}2`, "--json", "--runs", others)).stdout,
  );
  expect(json).toMatchObject({ run: join(others, "one"), archive: `${file}2`, files: 7, left: [] });
  const nowhere = await said("unpack", file, "--runs", "/proc/runs");
  expect(nowhere).toMatchObject({ code: 2, stdout: "" });
});
