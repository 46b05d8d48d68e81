import { expect } from "expect";
import { configKeys, defaultConfig, parseConfig } from "../../src/method/config.ts";
import { UserError } from "../../src/pipeline/errors.ts";

const message = (given: Parameters<typeof parseConfig>[0]): string => {
  try {
    parseConfig(given);
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
    k: 7,
    training: { ...defaultConfig.training, shift: 1 },
  });
});

Deno.test("parseConfig() suggests the nearest key for a typo, nested ones too", () => {
  expect(message({ epoch: 3 })).toBe('Unknown key "epoch". Did you mean epochs?');
  expect(message({ training: { learningrate: 1 } })).toBe(
    'Unknown key "training.learningrate". Did you mean training.learningRate?',
  );
  expect(message({ kk: 3 })).toBe('Unknown key "kk". Did you mean k?');
});

Deno.test("parseConfig() suggests a whole key wherever in its dots the typo is", () => {
  const suggested: [Parameters<typeof parseConfig>[0], key: string, meant: string][] = [
    [{ trainig: { learningRate: 1 } }, "trainig.learningRate", "training.learningRate"],
    [{ trainig: { learningrate: 1 } }, "trainig.learningrate", "training.learningRate"],
    [{ trainig: { epochs: 3 } }, "trainig.epochs", "epochs"],
    [{ training: { epochs: 3 } }, "training.epochs", "epochs"],
    [{ learningRate: 1 }, "learningRate", "training.learningRate"],
    [{ probe: { iterations: 3 } }, "probe.iterations", "clustering.iterations"],
  ];
  for (const [given, key, meant] of suggested) {
    expect(message(given)).toBe(`Unknown key "${key}". Did you mean ${meant}?`);
  }
});

Deno.test("parseConfig() says where the keys are listed when none is near", () => {
  for (const key of ["zebra", "lr", "trainig"]) {
    expect(message({ [key]: 1 })).toBe(`Unknown key "${key}". (--help lists the keys)`);
  }
  expect(message({ zebra: {} })).toBe('Unknown key "zebra". (--help lists the keys)');
  expect(message({ training: { lr: 1 } }))
    .toBe('Unknown key "training.lr". (--help lists the keys)');
});

Deno.test("parseConfig() tells of every unknown key", () => {
  expect(message({ trainig: { shift: 1, momentum: 0 }, kk: 2 }).split("\n")).toEqual([
    'Unknown key "trainig.shift". Did you mean training.shift?',
    'Unknown key "trainig.momentum". Did you mean training.momentum?',
    'Unknown key "kk". Did you mean k?',
  ]);
});

Deno.test("parseConfig() names the key, what it needs and what it got", () => {
  expect(message({ k: 1 })).toBe("Bad value for k: k-means needs k >= 2 (got 1).");
  expect(message({ k: "many" })).toContain('(got "many")');
  expect(message({ training: { momentum: 1 } })).toContain("Bad value for training.momentum");
  for (const device of ["tpu", "cuda:07", "cuda:-1", "cuda:99999"]) {
    expect(message({ device })).toContain("needs auto, cpu or cuda");
  }
  expect(message({ seeds: [] })).toContain("Bad value for seeds");
  expect(message({ threads: 100_000 })).toContain("Bad value for threads");
  expect(message({ seeds: [1, 2, 1] }))
    .toBe("Bad value for seeds: each seed may occur once (got [1,2,1]).");
});

Deno.test("parseConfig() refuses more clusters than pictures and says how to mend it", () => {
  expect(message({ k: 200, images: 100 })).toContain("k <= number of pictures");
  expect(parseConfig({ k: 100, images: 100 }).k).toBe(100);
});

Deno.test("parseConfig() refuses a width that torchvision's networks do not have", () => {
  expect(message({ arch: "resnet18", width: 16 })).toContain("needs width 64, got 16");
  expect(parseConfig({ arch: "resnet10-small", width: 8 }).width).toBe(8);
});

Deno.test("parseConfig() refuses a probe.layerBudget below the widest layer's channels", () => {
  expect(message({ width: 8, probe: { layerBudget: 63 } })).toBe(
    "Probing each layer needs probe.layerBudget >= 64, the channels of the last layer of " +
      "resnet10-small of width 8, got 63. Give --set probe.layerBudget=64 or more, or a smaller width.",
  );
  expect(parseConfig({ width: 8, probe: { layerBudget: 64 } }).probe.layerBudget).toBe(64);
  expect(message({ arch: "resnet50" })).toContain("Give --set probe.layerBudget=2048 or more.");
  expect(parseConfig({ arch: "resnet18" }).probe.layerBudget).toBe(1024);
});

Deno.test("parseConfig() cuts a long bad value", () => {
  expect(message({ k: "x".repeat(1000) }).length).toBeLessThan(200);
});

Deno.test("configKeys() lists every key with its dots", () => {
  expect(configKeys()).toEqual(
    expect.arrayContaining(["k", "seeds", "training.learningRate", "probe.costs"]),
  );
});
