import { expect } from "expect";
import type { Engine, LabelledFeatures, SgdOptions, Tensor } from "../../src/engine/engine.ts";
import { probeBySgd } from "../../src/method/probe_sgd.ts";

const tensor = (): Tensor => ({ shape: [10], dtype: "float32", [Symbol.dispose]() {} });
const set = (): LabelledFeatures => ({ features: tensor(), labels: tensor() });
const parts = { train: set(), validation: set(), test: set() };
const sgd: SgdOptions = {
  ...{ epochs: 2, batchSize: 8, momentum: 0.5, weightDecay: 0, drops: 1, seed: 3 },
};
const options = { ...sgd, metric: "some metric", classes: 4, device: "some device", threads: 3 };

/** Answers with the values of validation and test of each learning rate; null where it diverges. */
function engineWith(
  values: Readonly<Record<number, readonly [validation: number, test: number] | null>>,
) {
  const asked: Parameters<Engine["probes"]["sgd"]>[] = [];
  const probes: Pick<Engine["probes"], "sgd"> = {
    sgd(...given) {
      asked.push(given);
      return Promise.resolve(
        given[3].learningRates.map((rate) => ({ values: values[rate] ?? null, steps: 20 })),
      );
    },
  };
  return { asked, engine: { probes } };
}

Deno.test("probeBySgd() fits on train rows, measures on validation and on test rows", async () => {
  const { engine, asked } = engineWith({ 0.1: [1, 2], 1: [1, 2] });
  const job = { signal: new AbortController().signal };
  await probeBySgd(engine, parts, { ...options, learningRates: [1, 0.1] }, job);
  const [[metric, train, evaluations, given, watched] = []] = asked;
  expect(metric).toBe("some metric");
  expect(train).toBe(parts.train);
  expect(evaluations?.[0]).toBe(parts.validation);
  expect(evaluations?.[1]).toBe(parts.test);
  const { metric: _, ...passed } = options;
  expect(given).toEqual({ ...passed, learningRates: [0.1, 1] });
  expect(watched).toBe(job);
});

Deno.test("probeBySgd() chooses the learning rate on the validation rows; of equals, the slowest", async () => {
  const { engine } = engineWith({ 0.1: [50, 90], 1: [80, 30], 10: [80, 100], 100: null });
  const learningRates = [100, 10, 0.1, 1];
  expect(await probeBySgd(engine, parts, { ...options, learningRates }, {})).toEqual({
    ...{ learningRate: 1, value: 30, steps: 20 },
    sweep: [
      { learningRate: 0.1, validation: 50 },
      { learningRate: 1, validation: 80 },
      { learningRate: 10, validation: 80 },
      { learningRate: 100, validation: null },
    ],
  });
});

Deno.test("probeBySgd() says which learning rates to try where all of them diverge", async () => {
  const { engine } = engineWith({});
  await expect(probeBySgd(engine, parts, { ...options, learningRates: [50, 10] }, {})).rejects
    .toThrow(
      "Cannot probe by SGD: it needs a learning rate with which the weights stay finite, found none " +
        "among 10, 50. Give smaller ones: --set probe.sgd.learningRates=[0.1]",
    );
});
