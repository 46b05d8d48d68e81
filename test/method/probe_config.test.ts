import { expect } from "expect";
import { probeConfigOf } from "../../src/method/probe_config.ts";
import { probeSchema } from "../../src/method/probe_settings.ts";

const target = { name: "plants", probe: "logistic" };
const several = { name: "tags", probe: "one-vs-rest" };

Deno.test("the config of a logistic probe is that of the target's probe and the costs, and nothing else", () => {
  const settings = probeSchema.parse({ costs: [3] });
  expect(probeConfigOf(settings, several, 5)).toEqual({ probe: "one-vs-rest", costs: [3] });
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

Deno.test("SVMs choose among 26 costs by three parts, as Goyal et al. do", () => {
  const found = probeConfigOf(probeSchema.parse({ kind: "svm" }), several, 5);
  expect(found).toMatchObject({ probe: "svm", svm: { folds: 3 } });
  const costs = "svm" in found ? found.svm.costs : [];
  expect(costs.length).toBe(26);
  expect([Math.min(...costs), Math.max(...costs)]).toEqual([1e-7, 100]);
  expect(costs.filter((cost) => Number.isInteger(Math.log2(cost)) && cost < 1)).toEqual(
    Array.from({ length: 16 }, (_, at) => 2 ** (at - 19)),
  );
});

Deno.test("the paper's probes are SVMs where pictures have several labels, else SGD", () => {
  const settings = probeSchema.parse({ kind: "paper" });
  expect(probeConfigOf(settings, several, 5).probe).toBe("svm");
  expect(probeConfigOf(settings, target, 5).probe).toBe("sgd");
  expect(() => probeConfigOf(probeSchema.parse({ kind: "sgd" }), several, 5)).toThrow(
    'Cannot probe on "tags" by SGD: it needs one label for each picture, found several.',
  );
});
