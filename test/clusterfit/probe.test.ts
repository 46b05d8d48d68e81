import { expect } from "expect";
import { probe } from "../../src/clusterfit/probe.ts";
import type { Engine, LabelledFeatures, Tensor } from "../../src/engine/engine.ts";

const tensor: Tensor = { shape: [10], dtype: "float32", [Symbol.dispose]() {} };
const rows: LabelledFeatures = { features: tensor, labels: tensor };
const parts = { train: rows, validation: rows, test: rows };

/** Answers with the given [validation, test] counts per cost; notes the costs it was asked. */
function engineWith(correct: Readonly<Record<number, readonly [number, number]>>) {
  const asked: number[] = [];
  const probes: Engine["probes"] = {
    sweep(_train, _evaluations, { costs }) {
      asked.push(...costs);
      return Promise.resolve(costs.map((cost) => correct[cost] ?? [0, 0]));
    },
  };
  return { asked, engine: { probes } };
}

Deno.test("probe() chooses the cost on the validation rows, whatever the test rows would say", async () => {
  const { engine, asked } = engineWith({ 0.1: [5, 9], 1: [8, 3], 10: [7, 10] });
  const score = await probe(engine, parts, { costs: [10, 0.1, 1], device: "cpu", threads: 1 }, {});
  expect(asked).toEqual([0.1, 1, 10]);
  expect(score).toEqual({
    cost: 1,
    testAccuracy: 30,
    sweep: [
      { cost: 0.1, validationAccuracy: 50 },
      { cost: 1, validationAccuracy: 80 },
      { cost: 10, validationAccuracy: 70 },
    ],
  });
});

Deno.test("probe() takes the most regularised of equals", async () => {
  const { engine } = engineWith({ 1: [6, 1], 2: [6, 2] });
  expect((await probe(engine, parts, { costs: [2, 1], device: "cpu", threads: 1 }, {})).cost).toBe(
    1,
  );
});
