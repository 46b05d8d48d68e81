import { join } from "node:path";
import process from "node:process";
import { expect } from "expect";
import type { Output } from "../../src/cli/output.ts";
import { explainRun } from "../../src/cli/run_command.ts";
import { makeJob } from "../../src/steps/job.ts";
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
