import { join } from "node:path";
import { expect } from "expect";
import { sealEvent } from "../../../src/pipeline/events.ts";
import { record } from "../../report/fixture.ts";
import {
  hold,
  lines as logLines,
  writeFinishedRun,
  writeRunningRun,
} from "../../registry/folders.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { said } from "../said.ts";

const ls = (...args: string[]) => said("ls", ...args);

async function threeRuns() {
  const folder = await temporaryFolder();
  await writeFinishedRun(folder.path);
  await writeRunningRun(folder.path, "busy", Date.parse("2026-11-25T12:00:00Z"));
  await writeRunningRun(folder.path, "killed", Date.parse("2026-11-24T12:00:00Z"));
  return folder;
}

Deno.test("clusterfit ls lists runs newest first, and how one that was killed goes on", async () => {
  await using folder = await threeRuns();
  using _held = await hold(folder.path, "busy");

  const { code, stdout, stderr } = await ls("--runs", folder.path);

  expect([code, stderr]).toEqual([0, ""]);
  const lines = stdout.split("\n");
  expect(lines[0]).toMatch(/^run +state +stages +began +took +what$/);
  expect(lines[1]).toMatch(
    /^busy +running +1\/\d+ +2026-11-2\d \d\d:\d\d +59 s +ClusterFit on RotNet/,
  );
  expect(lines[2]).toMatch(/^killed +interrupted +1\//);
  expect(lines[3]).toMatch(new RegExp(`^${record.id} +finished +`));
  expect(lines.slice(5)).toEqual([
    "1 run stopped half-way. The command that began a run goes on with it:",
    "  killed: deno task clusterfit --seeds 7,8,9 --set 'title=a b'",
    "",
  ]);
});

Deno.test("clusterfit ls tells why a run failed, and the command that goes on with it", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "broken", Date.parse("2026-11-24T12:00:00Z"));
  const message = '1 of 4 stages failed, "Train": no memory';
  const failed = {
    type: "run-failed",
    t: "2026-11-24T12:00:01.000Z",
    message,
    published: {},
  } as const;
  const log = join(folder.path, "broken/events.jsonl");
  await Deno.writeTextFile(log, `\n${logLines([sealEvent(failed)])}`, { append: true });

  const { stdout } = await ls("--runs", folder.path);

  expect(stdout).toMatch(/^broken +failed .*1 of 4 stages failed, "Train": no memory/m);
  expect(stdout).toContain("  broken: deno task clusterfit --seeds 7,8,9 --set 'title=a b'\n");
});

Deno.test("the other name of the folder of runs is answered with the one that is meant", async () => {
  const hints = async (...args: string[]) => (await said(...args)).stderr;
  const runs = "The folder of runs is --runs here.";
  const out = "The folder of runs is --out here.";
  expect(await hints("ls", "--out", "x")).toContain(runs);
  expect(await hints("ls", "--out=x")).toContain(runs);
  expect(await hints("serve", "--runs", "x")).toContain(out);
  expect(await hints("--runs", "x")).toContain(out);
  expect(await hints("ls", "--outs", "x")).not.toContain("The folder of runs");
  expect(await hints("features", "--runs", "x")).not.toContain("The folder of runs");
});

Deno.test("clusterfit ls --json tells all that is listed, narrowed by its options", async () => {
  await using folder = await threeRuns();
  const listed = async (...args: string[]) => {
    const { code, stdout } = await ls("--runs", folder.path, "--json", ...args);
    expect(code).toBe(0);
    return JSON.parse(stdout).runs.map(({ name }: { name: string }) => name);
  };

  expect(await listed()).toEqual(["busy", "killed", record.id]);
  expect(await listed("--state", "finished,failed")).toEqual([record.id]);
  expect(await listed("--since", "2026-11-25")).toEqual(["busy"]);
  expect(await listed("--until", "2026-11-23")).toEqual([record.id]);
  expect(await listed("--experiment", "figure3")).toEqual([]);
  expect(await listed("--data", "nothing of it")).toEqual([]);
  expect(await listed("KILLED", "rotnet")).toEqual(["killed"]);
  expect(await listed("k=1500", "killed")).toEqual(["killed"]);
  expect(await listed("k=150")).toEqual([]);
  expect(await listed("--limit", "1")).toEqual(["busy"]);
});

Deno.test("clusterfit ls says what to do where there is no run, none of that kind, no folder or no such state", async () => {
  await using folder = await temporaryFolder();
  expect((await ls("--runs", folder.path)).stdout).toMatch(
    /^No runs in .+\. Start one with `deno task/,
  );
  await writeFinishedRun(folder.path);
  expect((await ls("--runs", folder.path, "--state", "failed")).stdout)
    .toMatch(/^None of 1 run in .+ is like that\. Leave an option out/);
  expect((await ls("--runs", folder.path, "k=7")).stdout)
    .toMatch(/is like that\. Leave a word or an option out/);

  const missing = await ls("--runs", join(folder.path, "missing"));
  expect([missing.code, missing.stderr]).toEqual([
    2,
    `error: Cannot list the runs in ${folder.path}/missing: it needs a folder, found none. ` +
    "Give the folder of your runs with --runs.\n",
  ]);
  const state = await ls("--state", "finishd");
  expect([state.code, state.stderr]).toEqual([
    2,
    expect.stringContaining(`got "finishd". Did you mean finished?`),
  ]);
  expect((await ls("--since", "2026-02-31")).stderr).toMatch(
    /It needs a day as 2026-11-20, .* got "2026-02-31"/,
  );
});

Deno.test("clusterfit ls tells how many are left out, and what a terminal would obey is not printed", async () => {
  await using folder = await threeRuns();
  const hostile = "\x1b]0;owned\x07\u202e\nrun";
  await writeRunningRun(folder.path, hostile, Date.parse("2026-11-26T12:00:00Z"));

  const { stdout } = await ls("--runs", folder.path, "--limit", "2");

  expect(stdout).toContain("\nThe newest 2 of 4 runs: --limit 4 lists all.\n");
  expect(stdout).toContain("\n\ufffd]0;owned\ufffd\ufffd run  interrupted");
  // deno-lint-ignore no-control-regex -- they are what must not be there
  expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
});

Deno.test("clusterfit ls says what is wrong with a damaged run, and which command tells more", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "it's");
  await Deno.remove(join(folder.path, "it's", "run.json"));

  const { code, stdout } = await ls("--runs", folder.path);

  expect(code).toBe(0);
  expect(stdout.split("\n").slice(1)).toEqual([
    expect.stringMatching(/^it's +damaged +0\/0 .*run\.json is missing$/),
    "",
    "1 run damaged. What is, and what mends it:",
    `  deno task clusterfit verify '${folder.path}/it'\\''s'`,
    "",
  ]);
});
