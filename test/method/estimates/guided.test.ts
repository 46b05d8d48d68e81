import { expect } from "expect";
import type { Estimating } from "../../../src/method/estimates/estimator.ts";
import { guidedEstimator } from "../../../src/method/estimates/guided.ts";
import type { GuidedConfig } from "../../../src/method/stages/cluster_guided.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { fakeEngine } from "../fake_engine.ts";

const config: GuidedConfig = {
  ...{ k: 2000, iterations: 19, weight: 1, normalise: true, seed: 1 },
  ...{ device: "cpu", threads: 1, versions: {} },
};

Deno.test("guided clusters are measured with labels, on a share of rows and of clusters", async () => {
  const engine = fakeEngine();
  await using folder = await temporaryFolder();
  const shapes = { features: { rows: 40_000, dimensions: 500 }, labels: { classes: 300 } };
  const known = {
    ...{ engine, dir: folder.path, signal: new AbortController().signal },
    shapeOf: (_: unknown, name: keyof typeof shapes) => Promise.resolve(shapes[name]),
    async sample(_: unknown, __: unknown, measure: () => Promise<unknown>) {
      await measure();
      return { assignment: 2 };
    },
  } as unknown as Estimating;
  const { seconds, memory } = await guidedEstimator.cost({ config } as never, known);
  const calls = engine.of("guide");
  // 4e9 products at most of 4e10: 0.316 of each
  expect(calls.map(({ args }) => args[2])).toEqual([300, 300]);
  expect(calls[0]?.args[3]).toMatchObject({ k: 633 });
  // all rows are assigned 20 times, at 2 seconds for 12,650 rows and 633 clusters
  expect(seconds).toBeCloseTo(20 * 2 * (40_000 / 12_650) * (2000 / 633), 0);
  expect(memory).toBeGreaterThan(2 * 4 * 40_000 * 500 + 8 * 300 * 2000);
});
