import { expect } from "expect";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import { recipes } from "../../src/method/recipes.ts";
import { settingsOf } from "../../src/method/training_settings.ts";
import { asStored } from "../../src/models/view.ts";
import type { JsonObject } from "../../src/pipeline/json.ts";

const pictures = { ...asStored, size: 224 };

const settings = (training: JsonObject, view = asStored) =>
  settingsOf(parseConfig(defaultExperiment.schema, { epochs: 9, training }), view, 1000);

const rest = {
  ...{ batchSize: 128, learningRate: 0.1, warmupSteps: 100, momentum: 0.9, nesterov: true },
  weightDecay: 5e-4,
};

Deno.test("settings of icons are what they were before there were recipes and schedules", () => {
  expect(settings({})).toEqual({ ...rest, shift: 3 });
  expect(settings({ recipe: "icons", schedule: "cosine", shift: 2 })).toEqual({
    ...rest,
    shift: 2,
  });
  expect(settings({ recipe: { shift: 1 } })).toEqual({ ...rest, shift: 1 });
});

Deno.test("pictures that are read at a size of the network's are cropped and mirrored, unless another recipe is named", () => {
  expect(settings({}, pictures)).toEqual({ ...rest, augmentation: recipes["crop-flip"] });
  expect(settings({ recipe: "icons" }, pictures)).toEqual({ ...rest, shift: 3 });
  expect(settings({ recipe: "simclr" }, pictures))
    .toEqual({ ...rest, augmentation: recipes.simclr });
});

Deno.test("clips of videos are mirrored alone: each is a random square already", () => {
  const videos = { ...pictures, frames: 32 };
  expect(settings({}, videos)).toEqual({ ...rest, augmentation: { flip: true } });
  expect(settings({}, { ...asStored, frames: 4 })).toEqual({ ...rest, shift: 3 });
});

Deno.test("the numbers of a recipe stand in the settings, not its name", () => {
  expect(settings({ recipe: "moco-v2" })).toMatchObject({
    augmentation: { crop: { scale: [0.2, 1], ratio: [3 / 4, 4 / 3] }, grey: 0.2 },
  });
  const own = { flip: true, blur: { probability: 0.1, sigma: [1, 2] } };
  expect(settings({ recipe: own })).toEqual({ ...rest, augmentation: own });
  expect(settings({ recipe: { ...own, shift: 7 } }))
    .toEqual({ ...rest, augmentation: { ...own, shift: 7 } });
});

Deno.test("a schedule by epochs becomes shares of the training", () => {
  expect(settings({ schedule: "halving" })).toEqual({ ...rest, shift: 3, schedule: "halving" });
  expect(settings({ schedule: { after: [3, 6] } }))
    .toEqual({ ...rest, shift: 3, schedule: { divideBy: 10, at: [3 / 9, 6 / 9] } });
});

for (
  const [training, says] of [
    [{ recipe: "mocov2" }, 'Cannot set training.recipe: it needs "auto" or "icons" or "crop-flip"'],
    [{ recipe: { grey: 2 } }, "Cannot set training.recipe"],
    [{ recipe: { blur: { probability: 1, sigma: [2, 1] } } }, "it needs the smaller number first"],
    [{ schedule: "steps" }, 'Cannot set training.schedule: it needs "cosine" or "halving"'],
    [
      { schedule: { after: [6, 3] } },
      "Cannot set training.schedule.after: it needs epochs in rising order",
    ],
  ] as const
) {
  Deno.test(`settings of ${JSON.stringify(training)} are refused`, () => {
    expect(() => settings(training)).toThrow(says);
  });
}
