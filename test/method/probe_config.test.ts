import { expect } from "expect";
import { probeConfigOf } from "../../src/method/probe_config.ts";
import { probeSchema } from "../../src/method/probe_settings.ts";

const target = { probe: "one-vs-rest" };

Deno.test("the config of a logistic probe is that of the target's probe and the costs, and nothing else", () => {
  const settings = probeSchema.parse({ costs: [3] });
  expect(probeConfigOf(settings, target, 5)).toEqual({ probe: "one-vs-rest", costs: [3] });
});

Deno.test("the probe by SGD is the paper's text: batch 256, two drops, 0.9, 5e-4, epochs of the target", () => {
  const settings = probeSchema.parse({ kind: "sgd", sgd: { learningRates: [0.01] } });
  const paper = { batchSize: 256, momentum: 0.9, weightDecay: 5e-4, drops: 2 };
  const expected = (epochs: number) => ({
    probe: "sgd",
    sgd: { ...paper, learningRates: [0.01], epochs, seed: 5 },
  });
  expect(probeConfigOf(settings, target, 5)).toEqual(expected(28));
  expect(probeConfigOf(settings, { ...target, probeEpochs: 84 }, 5)).toEqual(expected(84));
  const given = { ...settings, sgd: { ...settings.sgd, epochs: 3 } };
  expect(probeConfigOf(given, { ...target, probeEpochs: 84 }, 5)).toEqual(expected(3));
});
