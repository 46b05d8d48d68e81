import { expect } from "expect";
import { type DefaultConfig, defaultExperiment } from "../../src/experiments/default.ts";
import { configKeys } from "../../src/method/config_keys.ts";
import { parseConfig as parse } from "../../src/method/parse_config.ts";
import { UserError } from "../../src/pipeline/errors.ts";
import type { JsonObject } from "../../src/pipeline/json.ts";

const parseConfig = (given: JsonObject): DefaultConfig => parse(defaultExperiment.schema, given);
const defaultConfig = parseConfig({});

const message = (given: JsonObject): string => {
  try {
    defaultExperiment.check(parseConfig(given));
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  throw new Error("parseConfig() took it");
};

Deno.test("parseConfig() lays what is given over the defaults", () => {
  const config = parseConfig({ k: 7, training: { shift: 1 } });
  expect(config).toEqual({
    ...defaultConfig,
    k: [7],
    training: { ...defaultConfig.training, shift: 1 },
  });
});

Deno.test("parseConfig() suggests the nearest key for a typo, nested ones too", () => {
  expect(message({ epoch: 3 })).toBe(
    'Cannot set "epoch": it needs a key of the config. Did you mean epochs?',
  );
  expect(message({ training: { learningrate: 1 } })).toBe(
    'Cannot set "training.learningrate": it needs a key of the config. Did you mean training.learningRate?',
  );
  expect(message({ kk: 3 })).toBe('Cannot set "kk": it needs a key of the config. Did you mean k?');
});

Deno.test("parseConfig() suggests a whole key wherever in its dots the typo is", () => {
  const suggested: [JsonObject, key: string, meant: string][] = [
    [{ trainig: { learningRate: 1 } }, "trainig.learningRate", "training.learningRate"],
    [{ trainig: { learningrate: 1 } }, "trainig.learningrate", "training.learningRate"],
    [{ trainig: { epochs: 3 } }, "trainig.epochs", "epochs"],
    [{ training: { epochs: 3 } }, "training.epochs", "epochs"],
    [{ learningRate: 1 }, "learningRate", "training.learningRate"],
    [{ probe: { iterations: 3 } }, "probe.iterations", "clustering.iterations"],
  ];
  for (const [given, key, meant] of suggested) {
    expect(message(given)).toBe(
      `Cannot set "${key}": it needs a key of the config. Did you mean ${meant}?`,
    );
  }
});

Deno.test("parseConfig() says where the keys are listed when none is near", () => {
  for (const key of ["zebra", "lr", "trainig"]) {
    expect(message({ [key]: 1 })).toBe(
      `Cannot set "${key}": it needs a key of the config. (--help lists the keys)`,
    );
  }
  expect(message({ zebra: {} })).toBe(
    'Cannot set "zebra": it needs a key of the config. (--help lists the keys)',
  );
  expect(message({ training: { lr: 1 } }))
    .toBe('Cannot set "training.lr": it needs a key of the config. (--help lists the keys)');
});

Deno.test("parseConfig() tells of every unknown key", () => {
  expect(message({ trainig: { shift: 1, momentum: 0 }, kk: 2 }).split("\n")).toEqual([
    'Cannot set "trainig.shift": it needs a key of the config. Did you mean training.shift?',
    'Cannot set "trainig.momentum": it needs a key of the config. Did you mean training.momentum?',
    'Cannot set "kk": it needs a key of the config. Did you mean k?',
  ]);
});

Deno.test("parseConfig() names the key, what it needs and what it got", () => {
  expect(message({ k: 1 })).toBe("Cannot set k: k-means needs k >= 2, found 1.");
  expect(message({ k: "many" })).toBe('Cannot set k: it needs a number, found "many".');
  expect(message({ k: [5, 1] })).toBe("Cannot set k.1: k-means needs k >= 2, found 1.");
  expect(message({ k: [5, 5] })).toBe("Cannot set k: it needs each value once, found [5,5].");
  expect(message({ width: "big" }))
    .toBe('Cannot set width: it needs "auto" or a number, found "big".');
  expect(message({ teacher: "moco" }))
    .toBe('Cannot set teacher: it needs "rotnet" or "jigsaw" or "hashtags", found "moco".');
  expect(message({ training: { learningRate: 0 } }))
    .toBe("Cannot set training.learningRate: it needs more than 0, found 0.");
  expect(message({ training: { momentum: 1 } })).toContain(
    "Cannot set training.momentum: it needs less than 1, found 1.",
  );
  for (const device of ["tpu", "cuda:07", "cuda:-1", "cuda:99999"]) {
    expect(message({ device })).toContain("it needs auto, cpu, cuda or cuda:<n>");
  }
  expect(message({ seeds: [] })).toContain("Cannot set seeds: it needs at least 1 values");
  expect(message({ threads: 100_000 })).toContain("Cannot set threads");
  expect(message({ seeds: [1, 2, 1] }))
    .toBe("Cannot set seeds: it needs each seed once, found [1,2,1].");
});

Deno.test("parseConfig() refuses more clusters than images and says how to mend it", () => {
  expect(message({ k: 200, images: 100 })).toContain(
    "k <= number of images, found k = 200 and images = 100",
  );
  expect(parseConfig({ k: 100, images: 100 }).k).toEqual([100]);
});

Deno.test("parseConfig() refuses a width that torchvision's networks do not have", () => {
  expect(message({ arch: "resnet18", width: 16 })).toContain("needs width 64, found 16");
  expect(parseConfig({ arch: "resnet10-small", width: 8 }).width).toBe(8);
});

Deno.test("parseConfig() refuses a probe.layerBudget below the widest layer's channels", () => {
  expect(message({ width: 8, probe: { layerBudget: 63 } })).toBe(
    "Cannot probe each layer: it needs probe.layerBudget >= 64, the channels of the last layer of " +
      "resnet10-small of width 8, found 63. Give --set probe.layerBudget=64 or more, or a smaller width.",
  );
  expect(parseConfig({ width: 8, probe: { layerBudget: 64 } }).probe.layerBudget).toBe(64);
  expect(message({ arch: "resnet50" })).toContain("Give --set probe.layerBudget=2048 or more.");
  expect(parseConfig({ arch: "resnet18" }).probe.layerBudget).toBe(1024);
});

Deno.test("parseConfig() cuts a long bad value", () => {
  expect(message({ k: "x".repeat(1000) }).length).toBeLessThan(200);
});

Deno.test("configKeys() lists every key with its dots", () => {
  expect(configKeys(defaultConfig as unknown as JsonObject)).toEqual(
    expect.arrayContaining(["k", "seeds", "training.learningRate", "probe.costs"]),
  );
});
