import { join } from "node:path";
import process from "node:process";
import { expect } from "expect";
import type { Output } from "../../src/cli/output.ts";
import { explainRun, headline, performRun } from "../../src/cli/run_command.ts";
import { makeJob } from "../../src/cli/job.ts";
import { defaultExperiment } from "../../src/experiments/default.ts";
import type { Study } from "../../src/results/study.ts";
import type { Resolved } from "../../src/method/resolve.ts";
import { hashJson } from "../../src/pipeline/json.ts";
import { formatRecord } from "../../src/pipeline/record.ts";
import { runPaths } from "../../src/pipeline/store.ts";
import { record } from "../report/fixture.ts";

const resolved: Resolved = {
  device: "cpu",
  precision: "bfloat16",
  threads: 1,
  workers: 2,
  kmeans: "faiss",
};
const job = makeJob(defaultExperiment, "", {});
const { config } = job;
const study = { facts: [["teacher", "rotnet"], ["images", "10,000"]] } satisfies Pick<
  Study,
  "facts"
>;
const identity = {
  ...{ id: "rotnet-12345678", dir: "runs/rotnet-12345678" },
  ...{ config, resolved },
};

Deno.test("the headline is one line, and breaks between words where a terminal is narrower", () => {
  const line = headline(identity, study);
  expect(line).toContain("2 stages at once x 1 thread -> runs/rotnet-12345678");
  const wrapped = headline(identity, study, 80).split("\n");
  expect(wrapped.length).toBe(2);
  expect(wrapped.every(({ length }) => length <= 80)).toBe(true);
  expect(wrapped.join(" ")).toBe(line);
});

Deno.test("the headline says that float32 takes longer where auto chose it for want of bfloat16", () => {
  const told = "cpu, float32 (this CPU lacks bfloat16: about twice the time), 2 stages";
  const small = { ...identity, resolved: { ...resolved, precision: "float32" } } as const;
  expect(headline(small, study)).toContain(told);
  for (
    const line of [
      headline(identity, study),
      headline({ ...small, config: { ...config, precision: "float32" } }, study),
      headline({ ...small, resolved: { ...small.resolved, device: "cuda" } }, study),
    ]
  ) expect(line).not.toContain("twice");
});

/** Notes down what goes where. */
function noted() {
  const [lines, results]: [string[], string[]] = [[], []];
  const output: Output = {
    ...{ stream: process.stderr, live: false },
    line: (text) => void lines.push(text),
    result: (text) => void results.push(text),
  };
  return { output, lines, results };
}

Deno.test("a run into a folder that cannot be made is refused before Python starts", async () => {
  const { output, lines } = noted();
  const options = { out: "/proc/nope", json: false, explain: false, settings: [] };
  await expect(performRun(job, options, output, [])).rejects
    .toMatchObject({
      name: "UserError",
      message: expect.stringContaining("Cannot make the run folder /proc/nope"),
    });
  expect(lines).toEqual([]);
});

Deno.test("--explain with --json is one object with a row a stage", async () => {
  const out = await Deno.makeTempDir();
  try {
    const id = `rotnet-${hashJson({}).slice(0, 8)}`;
    await Deno.mkdir(join(out, id));
    await Deno.writeTextFile(
      runPaths(join(out, id)).record,
      formatRecord({ ...record, id, asked: {}, config, resolved }),
    );
    const { output, results } = noted();
    await explainRun(job, { out, json: true, explain: true, settings: [] }, output);
    expect(results.length).toBe(1);
    const { run, stages } = JSON.parse(results[0]!);
    expect(run).toBe(id);
    expect(stages).toContainEqual({
      ...{ id: "icons", title: "Render icons", action: "run" },
      why: expect.any(String),
    });
    expect(stages.length).toBe(32); // 13 of data, 6 of networks and clusters, 12 probes, a summary
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});
