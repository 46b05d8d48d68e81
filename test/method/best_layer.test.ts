import { expect } from "expect";
import { bestLayer, checkChoosable } from "../../src/method/best_layer.ts";
import type { Scores } from "../../src/method/stages/measure.ts";

type Fit = Scores["scores"][number];

/** A layer that scores `value` on the test rows and these on the validation rows, one for each cost. */
const layer = (layer: string, value: number, validation: number[], budget: number | null = 640) =>
  ({
    ...{ part: "test", layer, budget, value, probe: "logistic", metric: "top-1", baseline: null },
    ...{ cost: 1, converged: true, evaluations: 5 },
    sweep: validation.map((validation, cost) => ({
      ...{ cost, validation, evaluations: 5, converged: true },
    })),
  }) satisfies Fit;

const named = (...scores: Fit[]) => bestLayer({ scores }).layer;

Deno.test("the best layer is that of the best fit on validation rows, whatever the test rows say", () => {
  expect(named(layer("res3", 90, [30, 40]), layer("res4", 10, [50, 20]), layer("res5", 20, [45])))
    .toBe("res4");
});

Deno.test("layers are compared as they were pooled: the global average of the last one is none of them", () => {
  expect(named(layer("res5", 9, [90], null), layer("res2", 1, [10]), layer("res3", 2, [20])))
    .toBe("res3");
});

Deno.test("of layers that are equally good the first is taken", () => {
  expect(named(layer("res3", 1, [50]), layer("res4", 2, [50]))).toBe("res3");
});

Deno.test("of probes by SGD, a learning rate that diverged has no say", () => {
  const { cost: _, ...fit } = layer("res2", 1, []);
  const bySgd = (layer: string, rates: (number | null)[]): Fit => ({
    ...{ ...fit, layer, converged: null },
    sweep: rates.map((validation, learningRate) => ({ learningRate, validation })),
  });
  expect(named(bySgd("res3", [null, null]), bySgd("res4", [12, null]), bySgd("res5", [11, 10])))
    .toBe("res4");
});

Deno.test("where the probe is fitted to the validation rows too, choosing a layer is refused", () => {
  expect(() => checkChoosable({ probe: "svm", svm: { costs: [1], folds: 3 } }, { name: "birds" }))
    .toThrow('Cannot choose the best layer on "birds": it needs validation rows');
  checkChoosable({ probe: "one-vs-rest", costs: [1] }, { name: "birds" });
});
