import { expect } from "expect";
import { measure, scoresSchema } from "../../../src/method/stages/measure.ts";
import { splits } from "../../../src/data/split.ts";
import { sweepOf } from "../fake_engine.ts";
import { somePlacement, someView, StageRun } from "./stage_run.ts";

const outputs = [
  { layer: "res5", budget: null },
  { layer: "res2", budget: 640 },
  { layer: "res3", budget: 640 },
];
const config = {
  ...{ ...somePlacement, view: someView, batchSize: 7, probe: "some probe", metric: "some metric" },
  ...{ costs: [1, 0.1], outputs },
};
/** Eight rows: 0, 3 and 6 to train on, 1, 4 and 7 to choose by, 2 and 5 to test. */
const parts = Array.from({ length: 8 }, (_, row) => splits[row % 3]!);
const rows = { train: [0, 3, 6], validation: [1, 4, 7], test: [2, 5] };

const inputs = async (stage: StageRun) => ({
  network: await stage.network("network", { arch: "toy", width: 5, heads: { labels: 4 } }),
  data: await stage.dataset("rows", parts.map((_, row) => `a:${row}`)),
  labels: await stage.labels("classes", {
    names: ["a", "b", "c", "d"],
    labels: [0, 1, 2, 3, 0, 1, 2, 3],
  }),
  parts: await stage.parts("parts", parts),
});

Deno.test("measure extracts every output of the rows of each part, as the network reads them", async () => {
  await using stage = await StageRun.open();
  await stage.run(measure, config, await inputs(stage));
  expect(stage.engine.of("load").map(({ args }) => args)).toMatchObject([
    ["network", { arch: "toy", width: 5 }],
  ]);
  const wanted = { 0: outputs[0], 1: outputs[1], 2: outputs[2] };
  expect(stage.engine.of("extract").map(({ args }) => args)).toEqual(
    splits.map((split) => [
      ...["network", "rows/images.safetensors", wanted],
      { ...somePlacement, view: someView, batchSize: 7, rows: rows[split] },
    ]),
  );
});

Deno.test("measure fits each output on train rows, chooses by validation rows, tests on test rows", async () => {
  await using stage = await StageRun.open();
  await stage.run(measure, config, await inputs(stage));
  const extractions = stage.engine.of("extract");
  const set = (split: number, output: number) => ({
    features: `${extractions[split]?.made}.${output}`,
    labels: `classes/labels.safetensors[${rows[splits[split]!].join(",")}]`,
  });
  const { device, threads } = somePlacement;
  expect(stage.engine.of("sweep").map(({ args }) => args)).toEqual(
    outputs.map((_, output) => [
      ...["some probe", "some metric", set(0, output), [set(1, output), set(2, output)]],
      { costs: [0.1, 1], classes: 4, device, threads, folder: stage.path("") },
    ]),
  );
});

Deno.test("measure compares with a constant answer by the train labels, on the test labels", async () => {
  await using stage = await StageRun.open();
  await stage.run(measure, config, await inputs(stage));
  const labels = "classes/labels.safetensors";
  expect(stage.engine.of("baseline").map(({ args }) => args)).toEqual([
    ["some metric", `${labels}[0,3,6]`, `${labels}[2,5]`, 4],
  ]);
});

Deno.test("measure writes a score for each output: the test value at the best cost", async () => {
  await using stage = await StageRun.open();
  const { files, progress } = await stage.run(measure, config, await inputs(stage));
  expect(files).toEqual(["scores.json"]);
  const found = scoresSchema.parse(await stage.json("scores.json"));
  expect(found).toEqual({
    ...{ metric: "some metric", classes: 4, train: 3, validation: 3, test: 2 },
    scores: outputs.map(({ layer, budget }) => ({
      ...{ part: "test", layer, budget, probe: "some probe", metric: "some metric", baseline: 5 },
      // each sweep of the engine has a test value of its own, and the validation value 10 * cost
      ...{ value: expect.any(Number), cost: 1 },
      ...{ converged: true, evaluations: 7 },
      sweep: [0.1, 1].map((cost) => ({
        ...{ cost, validation: 10 * cost, evaluations: 7, converged: true },
      })),
    })),
  });
  expect(found.scores.map(({ value }) => sweepOf(stage.engine, value)))
    .toEqual(stage.engine.of("sweep"));
  expect(progress.map(({ done, total }) => `${done}/${total}`)).toEqual(
    Array.from({ length: 6 }, (_, at) => `${at + 1}/6`),
  );
});

Deno.test("measure by SGD: each output with the options of its config, the chosen learning rate told", async () => {
  await using stage = await StageRun.open();
  const { costs: _, ...others } = config;
  const sgd = {
    ...{ epochs: 2, batchSize: 8, momentum: 0.5, weightDecay: 0, drops: 1, seed: 3 },
    learningRates: [1, 0.1],
  };
  await stage.run(measure, { ...others, probe: "sgd", sgd }, await inputs(stage));
  const asked = stage.engine.of("sgd").map(({ args }) => args);
  expect(asked).toHaveLength(outputs.length);
  const { device, threads } = somePlacement;
  expect(asked[1]?.[1]).toEqual({
    features: `${stage.engine.of("extract")[0]?.made}.1`,
    labels: "classes/labels.safetensors[0,3,6]",
  });
  expect(asked[1]?.at(-1)).toEqual({
    ...{ ...sgd, learningRates: [0.1, 1] },
    ...{ classes: 4, device, threads },
  });
  const { scores } = scoresSchema.parse(await stage.json("scores.json"));
  expect(scores[1]).toEqual({
    ...{ part: "test", layer: "res2", budget: 640, probe: "sgd", metric: "some metric" },
    ...{ baseline: 5, value: expect.any(Number), converged: null, evaluations: 9 },
    chosen: { name: "learning rate", by: "on validation rows", values: [1] },
    sweep: [{ learningRate: 0.1, validation: 1 }, { learningRate: 1, validation: 10 }],
  });
});

Deno.test("measure by SVMs: fitted to train and validation rows, the cost of each class told", async () => {
  await using stage = await StageRun.open();
  const { costs: _, ...others } = config;
  const svm = { costs: [0.5, 1], folds: 3 };
  await stage.run(measure, { ...others, probe: "svm", svm }, await inputs(stage));
  const asked = stage.engine.of("svm").map(({ args }) => args);
  const extractions = stage.engine.of("extract");
  const set = (split: number) => ({
    features: `${extractions[split]?.made}.0`,
    labels: `classes/labels.safetensors[${rows[splits[split]!].join(",")}]`,
  });
  expect(asked).toHaveLength(outputs.length);
  expect(asked[0]).toEqual([
    ...["some metric", [set(0), set(1)], [set(2)]],
    { ...svm, classes: 4, threads: somePlacement.threads },
  ]);
  const { scores } = scoresSchema.parse(await stage.json("scores.json"));
  expect(scores[0]).toEqual({
    ...{ part: "test", layer: "res5", budget: null, probe: "svm", metric: "some metric" },
    ...{ baseline: 5, value: expect.any(Number), converged: true, evaluations: null },
    chosen: { name: "cost", by: "class by class by cross-validation", values: [0.5, 0.5, 0.5] },
    costs: [0.5, null, 0.5, 0.5],
  });
});

for (const wrong of [NaN, -1, 101, null]) {
  Deno.test(`measure writes nothing where the metric gave ${wrong}, and names the metric`, async () => {
    await using stage = await StageRun.open();
    const fits = [1, 2].map(() => ({
      values: [1, wrong as number],
      evaluations: 1,
      converged: true,
    }));
    stage.engine.probes.sweep = () => Promise.resolve(fits);
    await expect(stage.run(measure, config, await inputs(stage))).rejects.toThrow(
      `Cannot measure by some metric: it needs a score from 0 to 100, percent, found ${wrong}.`,
    );
    await expect(stage.json("scores.json")).rejects.toThrow();
  });
}
