import { join } from "node:path";
import process from "node:process";
import { expect } from "expect";
import type { Output } from "../../src/cli/output.ts";
import { explainRun, headline, performRun } from "../../src/cli/run_command.ts";
import { makeJob } from "../../src/cli/job.ts";
import { defaultExperiment } from "../../src/experiments/default.ts";
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
const nothingAsked = makeJob(defaultExperiment, "", {});
const defaultConfig = nothingAsked.config;
const identity = {
  ...{ id: "rotnet-12345678", dir: "runs/rotnet-12345678" },
  ...{ config: defaultConfig, resolved },
};
const study = {
  facts: [["teacher", "rotnet"], ["K", "500"], ["images", "10,000"]] as [string, string][],
};

Deno.test("the headline is one line, and breaks between words where a terminal is narrower", () => {
  const line = headline(identity, study);
  expect(line).toContain("teacher rotnet, K 500, images 10,000, 1 seed; cpu, bfloat16");
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
      headline({ ...small, config: { ...defaultConfig, precision: "float32" } }, study),
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

const install = async () => {};

Deno.test("a run into a folder that cannot be made is refused before Python starts", async () => {
  const { output, lines } = noted();
  const options = { out: "/proc/nope", json: false, explain: false, settings: [] };
  await expect(performRun(nothingAsked, options, { output, command: [], install })).rejects
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
      formatRecord({ ...record, id, asked: {}, config: defaultConfig, resolved }),
    );
    const { output, results } = noted();
    const terms = { output, command: [], install };
    await explainRun(nothingAsked, { out, json: true, explain: true, settings: [] }, terms);
    expect(results.length).toBe(1);
    const { run, stages } = JSON.parse(results[0]!);
    expect(run).toBe(id);
    expect(stages).toContainEqual({
      ...{ id: "icons", title: "Render icons", action: "run" },
      why: expect.any(String),
    });
    expect(stages.map(({ id }: { id: string }) => id)).toContain("seed-0.ncf.emoji-category");
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});
