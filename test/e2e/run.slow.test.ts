import { dirname, join } from "node:path";
import { expect } from "expect";
import { summarySchema } from "../../src/results/summary.ts";
import { objectPaths, runPaths } from "../../src/pipeline/store.ts";
import { until } from "../until.ts";
import { manifests, onlyRun, run, small, start } from "./command.ts";

Deno.test("one command goes from icons to a table, a report and networks, and is then shown at once", async () => {
  const out = await Deno.makeTempDir();
  const args = [...small, "--out", out, "--seeds", "3,4"];
  const first = await run([...args, "--json"]);
  expect({ code: first.code, stderr: first.code === 0 ? "" : first.stderr })
    .toEqual({ code: 0, stderr: "" });

  const targets = ["held-out-families", "unseen-names", "emoji-identity", "emoji-category"];
  const result = JSON.parse(first.stdout);
  expect(result.targets.map(({ target }: { target: string }) => target)).toEqual(targets);
  const dir = await onlyRun(out);
  const { measurements, series, clusterings, networks, missing } = summarySchema.parse(
    JSON.parse(await Deno.readTextFile(join(dir, "summary.json"))),
  );
  const scores = (arm: string, target: string) =>
    measurements.filter((one) =>
      one.arm === arm && one.target === target && one.part === "test" && one.budget === null
    ).map(({ seed, value }) => [seed, value]);
  for (const [at, target] of targets.entries()) {
    const [npre, ncf] = [scores("npre", target), scores("ncf", target)];
    expect(ncf.map(([seed]) => seed)).toEqual([3, 4]);
    const gains = ncf.map(([, value], seed) => value! - npre[seed]![1]!);
    expect(result.targets[at].gains.npre.mean).toBeCloseTo((gains[0]! + gains[1]!) / 2, 9);
  }
  const layers = measurements.filter(({ arm, seed, budget, part }) =>
    arm === "npre2x" && seed === 4 && budget !== null && part === "test"
  );
  expect(layers.map(({ layer }) => layer)).toEqual(["res2", "res3", "res4", "res5"]);
  expect(series.find(({ arm }) => arm === "npre2x")?.points).toHaveLength(4);
  expect(clusterings.map(({ seed, sizes }) => [seed, sizes.reduce((a, b) => a + b)]))
    .toEqual([[3, 600], [4, 600]]);
  expect([networks.length, missing]).toEqual([6, []]);
  expect(await Deno.readTextFile(join(dir, "report.html"))).toContain("<table");

  const again = await run(args);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain("Already done");
  expect(again.stdout).toContain("report.html");
});

Deno.test("--explain names what a changed option would run again, and runs nothing", async () => {
  const out = await Deno.makeTempDir();
  const { stdout } = await run([...small, "--out", out, "--explain"]);
  expect(stdout).toMatch(/^run .*not made yet$/m);
  expect(await Array.fromAsync(Deno.readDir(out))).toEqual([]);
});

/** Whether a run, at work in this folder, has come to a moment. */
type Moment = (run: string) => boolean;

const foldersIn = (out: string) => [...Deno.readDirSync(out)].map(({ name }) => join(out, name));

/** When a stage has begun. */
const startOf = (node: string): Moment => (run) => keyOf(run, node) !== undefined;

/** When a network has been trained for an epoch, and is trained for the second one. */
const secondEpochOf = (node: string): Moment => (run) => {
  const key = keyOf(run, node);
  return key !== undefined &&
    textOf(join(objectPaths(dirname(run)).partial(key), "log.jsonl")) !== "";
};

/** The key of what a stage makes, once it has begun. */
function keyOf(run: string, node: string): string | undefined {
  const begun = new RegExp(`"type":"started","node":"${RegExp.escape(node)}","key":"(\\w+)"`);
  return textOf(runPaths(run).events).match(begun)?.[1];
}

function textOf(file: string): string {
  try {
    return Deno.readTextFileSync(file);
  } catch {
    return ""; // not there yet
  }
}

Deno.test("two runs and a run killed at five moments give the same bytes", async () => {
  const [a, b, killed] = [
    await Deno.makeTempDir(),
    await Deno.makeTempDir(),
    await Deno.makeTempDir(),
  ];
  const args = [...small, "--seed", "5", "--epochs", "6"];
  expect((await run([...args, "--out", a])).code).toBe(0);
  expect((await run([...args, "--out", b])).code).toBe(0);

  const signals: unknown[] = [];
  for (
    const moment of [
      startOf("icons"),
      secondEpochOf("seed-5.npre"),
      startOf("seed-5.ncf.clusters"),
      secondEpochOf("seed-5.ncf"),
      startOf("seed-5.ncf.unseen-names"),
    ]
  ) {
    const child = start([...args, "--out", killed]);
    let ended = false;
    const output = child.output().finally(() => ended = true);
    await until(() => ended || foldersIn(killed).some(moment));
    if (!ended) child.kill("SIGKILL");
    signals.push((await output).signal);
  }
  expect(signals).toContain("SIGKILL");
  expect((await run([...args, "--out", killed])).code).toBe(0);

  const expected = await manifests(a);
  expect(Object.keys(expected)).toHaveLength(32);
  expect(await manifests(b)).toEqual(expected);
  expect(await manifests(killed)).toEqual(expected);
});

Deno.test("Ctrl-C stops with exit code 130 and says how to go on", async () => {
  const out = await Deno.makeTempDir();
  const child = start([...small, "--out", out, "--epochs", "400"]);
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let sent = false;
  for (let chunk; (chunk = await reader.read()).value !== undefined;) {
    text += chunk.value;
    if (!sent && text.includes("Pre-train Npre (RotNet): started")) {
      child.kill("SIGINT");
      sent = true;
    }
  }
  expect((await child.status).code).toBe(130);
  await child.stderr.cancel();
  expect(text).toContain("Go on with the same command");
  const { stdout } = await run([...small, "--out", out, "--epochs", "400", "--explain"]);
  expect(stdout).toMatch(/^reuse/m);
});
