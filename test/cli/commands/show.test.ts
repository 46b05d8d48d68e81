/** `show`: one run in each of its states. */
import { join } from "node:path";
import { expect } from "expect";
import { sealEvent } from "../../../src/pipeline/events.ts";
import { formatRecord, parseRecord } from "../../../src/pipeline/record.ts";
import { attempt } from "../../pipeline/events.ts";
import { execute } from "../../pipeline/execute.ts";
import { doing } from "../../pipeline/graph_run.ts";
import { hold, lines, writeFinishedRun, writeRunningRun } from "../../registry/folders.ts";
import { flip } from "../../registry/flip.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { said } from "../said.ts";

const show = async (out: string, name: string) => (await said("show", name, "--runs", out)).stdout;

Deno.test("a finished run: what was asked, who worked on it, its stages, what it measured, what is next", async () => {
  await using folder = await temporaryFolder();
  await writeFinishedRun(folder.path, "done");
  const text = await show(folder.path, "done");
  for (
    const line of [
      /^done: ClusterFit on RotNet, 10,000 icons$/m,
      /^State {5}finished$/m,
      /^Worked {4}3 min 21 s, last at /m,
      /^Asked {5}seeds \[7,8,9\], title a b$/m,
      /^ +1 {2}\S+ \S+ {2}3 min 21 s {2}finished {2}Example CPU @ 2\.50GHz {2}clusterfit 0\.1\.0, torch/m,
      /^Train Npre {10}finished {2}21 s {10}1$/m,
      /^Collect the scores {2}finished {2}0\.1 s {9}1 {2}attempt 1 {2}\d+ KB$/m,
      /^Names never seen +38\.2 ±0\.8/m,
      /^Next {6}.*task clusterfit report \S+done # prints its result$/m,
      /^Next {6}.*task clusterfit export \S+done # takes a network out$/m,
    ]
  ) expect(text).toMatch(line);
});

Deno.test("a run under way by its lock, and the same run once that is free", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now());
  {
    using _held = await hold(folder.path, "live");
    const text = await show(folder.path, "live");
    expect(text).toMatch(/^State {5}running$/m);
    expect(text).toMatch(/^Train Npre 2x +█+░+ 24% .* left 3,000 images\/s loss 1\.023/m);
    expect(text).toMatch(/^npre2x, seed 7: epoch 12, loss 0\.\d+, accuracy 44\.0%$/m);
    expect(text).toMatch(/^Next {6}.*task serve --out \S+ # watches it$/m);
  }
  const text = await show(folder.path, "live");
  expect(text).toMatch(/^State {5}interrupted$/m);
  expect(text).toMatch(/^Train Npre 2x +interrupted +1$/m);
  expect(text).toMatch(/^ +1 {2}\S+ \S+ {2}59 s {2}interrupted {2}Example CPU/m);
  expect(text).toMatch(/^Next {6}deno task clusterfit --seeds 7,8,9 .* # goes on with it$/m);
});

Deno.test("a run that went on is shown with all its attempts, and a stage with how often it was begun", async () => {
  await using folder = await temporaryFolder();
  await writeRunningRun(folder.path, "live", Date.now() - 1e6);
  const path = join(folder.path, "live/events.jsonl");
  const whole = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, whole.slice(0, whole.lastIndexOf("\n") + 1));
  const t = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const gpu = {
    ...attempt,
    hardware: { cpu: "Example CPU", cpus: 2, memory: "23 GiB", gpu: "Example GPU" },
  };
  await Deno.writeTextFile(
    path,
    lines([
      { t: t(-20), type: "run-started", attempt: { run: "live", ...gpu } } as const,
      {
        t: t(-15),
        type: "started",
        node: "seed-7.npre2x",
        key: "a".repeat(64),
        resumed: true,
      } as const,
      { t: t(-5), type: "run-stopped" } as const,
    ].map(sealEvent)),
    { append: true },
  );
  const { stdout } = await said("show", "live", "--json", "--runs", folder.path);
  const { attempts, stages, state, next } = JSON.parse(stdout);
  expect(state).toBe("stopped");
  expect(attempts.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    "interrupted",
    "stopped",
  ]);
  // its last event is progress, which came 29 s after what else happened
  expect(Date.parse(attempts[0].ended) - Date.parse(attempts[0].began)).toBe(59_000);
  expect(Date.parse(attempts[1].ended) - Date.parse(attempts[1].began)).toBe(15_000);
  expect(stages[2]).toMatchObject({ id: "seed-7.npre2x", attempts: 2, state: "stopped" });
  expect(next).toMatchObject([{
    what: "goes on with it",
    command: ["deno", "task", "clusterfit", "--seeds", "7,8,9", "--set", "title=a b"],
  }]);
  expect(await show(folder.path, "live")).toMatch(
    /^ +2 {2}\S+ \S+ {2}15 s {2}stopped +Example GPU, 2 CPUs, 23 GiB/m,
  );
});

Deno.test("an artifact that another run made is shown with that run and its machine, and its size", async () => {
  await using folder = await temporaryFolder();
  await execute(folder.path, "one");
  await execute(folder.path, "two");
  const { stages } = JSON.parse(
    (await said("show", "two", "--json", "--runs", folder.path)).stdout,
  );
  expect(stages[0]).toMatchObject({
    ...{ id: "first", state: "reused", attempts: 0 },
    madeBy: { run: "one", hardware: attempt.hardware },
    artifact: { files: 1, bytes: 1 },
  });
  expect(await show(folder.path, "two")).toMatch(
    /^Write +reused +0 {2}run one, Example CPU @ 2\.50GHz {2}1 KB$/m,
  );
});

Deno.test("a failed run says which stage failed and why, and what tries it again", async () => {
  await using folder = await temporaryFolder();
  const failing = doing("broken", () => Promise.reject(new Error("no luck")));
  await execute(folder.path, "one", { nodes: [failing] }).catch(() => {});
  const text = await show(folder.path, "one");
  expect(text).toMatch(/^State {5}failed: 1 of 1 stages failed, "BROKEN": no luck$/m);
  expect(text).toMatch(/^BROKEN +failed: no luck/m);
  expect(text).toMatch(/^Next {6}toy # tries what failed again$/m);
});

Deno.test("a damaged run is shown as far as it can be read, and leads to verify", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path, "one");
  await flip(join(dir, "artifacts/first/manifest.json"), 20);
  expect(await show(folder.path, "one")).toMatch(
    /^note: artifacts\/first\/manifest\.json is damaged/m,
  );
  await flip(join(dir, "run.json"), 60);
  const text = await show(folder.path, "one");
  expect(text).toMatch(/^one$/m);
  expect(text).toMatch(/^State {5}damaged: run\.json cannot be read/m);
  expect(text).toMatch(/^Next {6}.*task clusterfit verify \S+one # says what is damaged/m);
});

Deno.test("nothing in a run's own files moves the cursor", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path, "one");
  const record = parseRecord(await Deno.readTextFile(join(dir, "run.json")));
  const bad = "\u001b[2J\u202e";
  await Deno.writeTextFile(
    join(dir, "run.json"),
    formatRecord({
      ...{ ...record, title: bad, command: [bad], asked: { [bad]: bad } },
      nodes: record.nodes.map((node) => ({ ...node, title: bad })),
    }),
  );
  expect(await show(folder.path, "one")).not.toMatch(/[\p{Cf}\p{Cs}]|\p{Cc}(?<!\n)/u);
});
