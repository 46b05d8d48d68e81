import { dirname, join } from "node:path";
import { expect } from "expect";
import { objectPaths } from "../../src/pipeline/store.ts";
import { summarySchema } from "../../src/results/summary.ts";
import { until } from "../until.ts";
import { manifests, onlyRun, run, small, start } from "./command.ts";

Deno.test("one command goes from icons to a table, a report and networks, and is then shown at once", async () => {
  const out = await Deno.makeTempDir();
  const args = [...small, "--out", out, "--seeds", "3,4"];
  const first = await run([...args, "--json"]);
  expect({ code: first.code, stderr: first.code === 0 ? "" : first.stderr })
    .toEqual({ code: 0, stderr: "" });

  const result = JSON.parse(first.stdout);
  expect(result.targets.map(({ target }: { target: string }) => target)).toEqual([
    "held-out-families",
    "unseen-names",
    "emoji-identity",
    "emoji-category",
  ]);
  const dir = await onlyRun(out);
  const summary = summarySchema.parse(
    JSON.parse(await Deno.readTextFile(join(dir, "summary.json"))),
  );
  for (const { name } of summary.targets) {
    const scores = (arm: string) =>
      summary.measurements.filter((one) =>
        one.arm === arm && one.target === name && one.budget === null
      );
    expect(scores("ncf").map(({ seed }) => seed)).toEqual([3, 4]);
    const gains = scores("ncf").map(({ value }, seed) => value - scores("npre")[seed]!.value);
    const shown = result.targets.find(({ target }: { target: string }) => target === name);
    expect(shown.gains.npre.mean).toBeCloseTo((gains[0]! + gains[1]!) / 2, 9);
  }
  const layers = summary.measurements.filter(({ budget }) => budget !== null);
  expect(new Set(layers.map(({ layer }) => layer)))
    .toEqual(new Set(["res2", "res3", "res4", "res5"]));
  expect(summary.series.find(({ arm }) => arm === "npre2x")?.points).toHaveLength(4);
  expect(summary.clusterings[0]?.sizes.reduce((a, b) => a + b)).toBe(600);
  expect(await Deno.readTextFile(join(dir, "report.html"))).toContain("<table");

  const again = await run(args);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain("Already done");
  expect(again.stdout).toContain("report.html");
});

Deno.test("a target of several labels a row is probed one-vs-rest and measured by mAP; without targets nothing is", async () => {
  const out = await Deno.makeTempDir();
  const result = async (targets: string) => {
    const { code, stdout, stderr } = await run([
      ...[...small, "--out", out, "--json", "--set", `targets=${targets}`],
    ]);
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout).targets;
  };
  const [names] = await result('["all-names"]');
  expect(names).toMatchObject({ target: "all-names", metric: "mAP" });
  for (const { mean } of Object.values<{ mean: number }>(names.scores)) {
    expect(mean).toBeGreaterThan(names.baseline);
    expect(mean).toBeLessThan(100);
  }
  expect(await result("[]")).toEqual([]);
});

Deno.test("--explain names what a changed option would run again, and runs nothing", async () => {
  const out = await Deno.makeTempDir();
  const { stdout } = await run([...small, "--out", out, "--explain"]);
  expect(stdout).toMatch(/^run .*not made yet$/m);
  expect(await Array.fromAsync(Deno.readDir(out))).toEqual([]);
});

type Moment = (run: string) => boolean;

const runsIn = (out: string) =>
  [...Deno.readDirSync(out)].filter(({ name }) => name !== "objects").map(({ name }) =>
    join(out, name)
  );

/** When a stage has begun. */
const startOf = (node: string): Moment => (run) =>
  textOf(join(run, "events.jsonl")).includes(`"type":"started","node":"${node}"`);

/** When a network has been trained for an epoch, and is trained for the second one. */
const secondEpochOf = (node: string): Moment => (run) =>
  startOf(node)(run) && partialsBeside(run).some((dir) => textOf(join(dir, "log.jsonl")) !== "");

/** The folders of stages under way. */
function partialsBeside(run: string): string[] {
  const { dir } = objectPaths(dirname(run));
  return [...Deno.readDirSync(dir)].filter(({ name }) => name.endsWith(".partial"))
    .map(({ name }) => join(dir, name));
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
      startOf("seed-5.ncf.emoji-category"),
    ]
  ) {
    const child = start([...args, "--out", killed]);
    let ended = false;
    const output = child.output().finally(() => ended = true);
    await until(() => ended || runsIn(killed).some(moment));
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
