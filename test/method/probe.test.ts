import { expect } from "expect";
import { probe } from "../../src/method/probe.ts";
import type { Engine, LabelledFeatures, Tensor } from "../../src/engine/engine.ts";

const tensor: Tensor = { shape: [10], dtype: "float32", [Symbol.dispose]() {} };
const rows: LabelledFeatures = { features: tensor, labels: tensor };
const parts = { train: rows, validation: rows, test: rows };

/** Answers with the given [validation, test] counts per cost; notes the costs it was asked. A fit takes
 * 10 evaluations, and 251 where it is said not to converge. */
function engineWith(
  correct: Readonly<Record<number, readonly [number, number]>>,
  notConverged: readonly number[] = [],
) {
  const asked: number[] = [];
  const probes: Engine["probes"] = {
    sweep(_train, _evaluations, { costs }) {
      asked.push(...costs);
      return Promise.resolve(costs.map((cost) => ({
        correct: correct[cost] ?? [0, 0],
        evaluations: notConverged.includes(cost) ? 251 : 10,
        converged: !notConverged.includes(cost),
      })));
    },
  };
  return { asked, engine: { probes } };
}

Deno.test("probe() chooses the cost on the validation rows, whatever the test rows would say", async () => {
  const { engine, asked } = engineWith({ 0.1: [5, 9], 1: [8, 3], 10: [7, 10] });
  const score = await probe(engine, parts, { costs: [10, 0.1, 1], device: "cpu", threads: 1 }, {});
  expect(asked).toEqual([0.1, 1, 10]);
  const fit = { evaluations: 10, converged: true };
  expect(score).toEqual({
    ...{ cost: 1, testAccuracy: 30, ...fit },
    sweep: [
      { cost: 0.1, validationAccuracy: 50, ...fit },
      { cost: 1, validationAccuracy: 80, ...fit },
      { cost: 10, validationAccuracy: 70, ...fit },
    ],
  });
});

Deno.test("probe() tells of each cost, and of the chosen one, whether its fit converged", async () => {
  const counts = { 0.1: [5, 5], 1: [6, 6] } as const;
  const options = { costs: [0.1, 1], device: "cpu", threads: 1 };
  const ofChosen = await probe(engineWith(counts, [1]).engine, parts, options, {});
  expect(ofChosen).toMatchObject({ cost: 1, converged: false, evaluations: 251 });
  expect(ofChosen.sweep.map(({ converged }) => converged)).toEqual([true, false]);
  const ofOther = await probe(engineWith(counts, [0.1]).engine, parts, options, {});
  expect(ofOther).toMatchObject({ cost: 1, converged: true, evaluations: 10 });
  expect(ofOther.sweep.map(({ converged }) => converged)).toEqual([false, true]);
});

Deno.test("probe() takes the most regularised of equals", async () => {
  const { engine } = engineWith({ 1: [6, 1], 2: [6, 2] });
  expect((await probe(engine, parts, { costs: [2, 1], device: "cpu", threads: 1 }, {})).cost).toBe(
    1,
  );
});
