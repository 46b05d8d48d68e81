import process from "node:process";
import { expect } from "expect";
import { RunWatch } from "../../src/cli/watch_run.ts";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { resolve } from "../../src/method/resolve.ts";
import type { PlannedRun } from "../../src/steps/step_options.ts";
import { study } from "../report/fixture.ts";

const t = "2026-01-01T00:00:00.000Z";
const config = defaultExperiment.schema.parse({});
const planned: PlannedRun = {
  ...{ id: "rotnet-12345678", dir: "/runs/rotnet-12345678", asked: {}, config, study },
  resolved: resolve(config, { threads: 2, bf16: false, cuda: null, faissGpu: false }),
  nodes: [{ id: "icons", stage: "icons", title: "Render icons", inputs: [], serves: [] }],
};

function watched() {
  const lines: string[] = [];
  const watch = new RunWatch({
    ...{ stream: process.stderr, live: false, result: () => {} },
    line: (text) => void lines.push(text),
  });
  return { watch, lines };
}

Deno.test("a run begins with its headline, and has begun once something happens", () => {
  const { watch, lines } = watched();
  watch.plan(planned);
  expect(lines).toEqual([expect.stringContaining("clusterfit rotnet-12345678: ")]);
  expect(watch.began).toBe(false);
  watch.take({ t, type: "started", node: "icons", key: "0".repeat(64), resumed: false });
  expect(watch.began).toBe(true);
  expect(lines[1]).toBe("Render icons: started");
  watch.close();
});

Deno.test("what was published is told by the event that ended the run, whatever comes behind it", () => {
  const { watch } = watched();
  watch.plan(planned);
  watch.take({ t, type: "run-failed", message: "a stage failed", published: {} });
  expect(watch.published).toBeUndefined();
  const published = { "summary.json": "0".repeat(64) };
  watch.take({ t, type: "run-failed", message: "a stage failed", published });
  watch.take({ t, type: "run-failed", message: "the disk is full", published: {} });
  expect(watch.published).toBe("/runs/rotnet-12345678");
});
