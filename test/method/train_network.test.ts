import { join } from "node:path";
import { expect } from "expect";
import { parseConfig } from "../../src/method/config.ts";
import { trainNetwork } from "../../src/method/train_network.ts";
import type { Engine, Tensor, Trainer } from "../../src/engine/engine.ts";

const images = { shape: [8, 4, 4, 3], dtype: "uint8", [Symbol.dispose]() {} } as Tensor;

/** An engine whose network is the number of steps that it was trained. */
function toyEngine(): Engine {
  const trainer = (): Trainer => {
    let step = 0;
    return {
      stepsPerEpoch: 2,
      get step() {
        return step;
      },
      run(learningRates) {
        step += learningRates.length;
        return Promise.resolve({ loss: 1 / step, accuracy: step / 100, images: 8 });
      },
      save: (path) => Deno.writeTextFile(path, `step ${step}`),
      async load(path) {
        step = Number((await Deno.readTextFile(path)).slice("step ".length));
      },
      saveNetwork: (path) => Deno.writeTextFile(path, `network of ${step} steps`),
      [Symbol.dispose]() {},
    };
  };
  return {
    nets: { build: () => Promise.resolve({ [Symbol.dispose]() {} }), snippet: () => "" },
    training: { trainer: () => Promise.resolve(trainer()) },
  } as unknown as Engine;
}

interface Training {
  readonly dir: string;
  /** Trains up to `epochs` in all, or is stopped before the epoch `stopBefore` (from 0). */
  train(options?: { stopBefore?: number }): Promise<{ told: string[]; epochs: number[] }>;
  read(name: string): Promise<string>;
  edit(name: string, change: (text: string) => string): Promise<void>;
}

async function training(): Promise<Training> {
  const dir = await Deno.makeTempDir();
  const path = (name: string) => join(dir, name);
  return {
    dir,
    async train({ stopBefore = Infinity } = {}) {
      const told: string[] = [];
      const epochs: number[] = [];
      const stop = new AbortController();
      if (stopBefore === 0) stop.abort("stopped");
      await trainNetwork({
        ...{ engine: toyEngine(), dir, key: "k", task: "rotate", classes: 4, images, labels: null },
        config: {
          ...{ arch: "resnet10-small", width: 8, epochs: 4, seed: 1, device: "cpu" },
          ...{ precision: "float32", threads: 1, training: parseConfig({}).training, versions: {} },
        },
        signal: stop.signal,
        progress({ done, total, metrics }) {
          epochs.push(metrics?.["epoch"] ?? 0);
          if (done === (stopBefore / 4) * total) stop.abort("stopped");
        },
        damaged: (message) => void told.push(message),
      }).catch((reason) => {
        if (reason !== "stopped") throw reason;
      });
      return { told, epochs };
    },
    read: (name) => Deno.readTextFile(path(name)),
    edit: async (name, change) =>
      await Deno.writeTextFile(path(name), change(await Deno.readTextFile(path(name)))),
  };
}

async function undisturbed() {
  const one = await training();
  await one.train();
  return { network: await one.read("network.safetensors"), log: await one.read("log.jsonl") };
}

const expected = await undisturbed();

async function check({ read }: Training) {
  expect(await read("network.safetensors")).toBe(expected.network);
  expect(await read("log.jsonl")).toBe(expected.log);
}

Deno.test("trainNetwork() goes on from its checkpoint to the same network and log", async () => {
  const one = await training();
  expect((await one.train({ stopBefore: 2 })).epochs).toEqual([1, 2]);
  expect((await one.read("log.jsonl")).split("\n")).toHaveLength(3);
  expect(await one.train()).toEqual({ told: [], epochs: [3, 4] });
  await check(one);
});

Deno.test("a log that a kill left one line short is written again, and nothing is said", async () => {
  const one = await training();
  await one.train({ stopBefore: 2 });
  await one.edit("log.jsonl", (text) => `${text.split("\n")[0]}\n`);
  expect((await one.train()).told).toEqual([]);
  await check(one);
});

const harm: readonly [name: string, change: (text: string) => string][] = [
  ["a digit", (text) => text.replace('"epoch":1', '"epoch":7')],
  ["its end", (text) => text.slice(0, -5)],
  ["all of it", () => ""],
];

for (const [name, change] of harm) {
  Deno.test(`a log damaged in ${name} is told, written again and never sealed`, async () => {
    const one = await training();
    await one.train({ stopBefore: 3 });
    await one.edit("log.jsonl", change);
    const { told, epochs } = await one.train();
    expect(told).toEqual([expect.stringMatching(/log\.jsonl is damaged: written again/)]);
    expect(epochs).toEqual([4]);
    await check(one);
  });
}

Deno.test("a damaged checkpoint is told, and the epoch behind it is trained again", async () => {
  const one = await training();
  await one.train({ stopBefore: 3 });
  await one.edit("checkpoint-3.safetensors", () => "step 5");
  const { told, epochs } = await one.train();
  expect(told).toEqual([expect.stringContaining("goes on from checkpoint-2.safetensors")]);
  expect(epochs).toEqual([3, 4]);
  await check(one);
});

Deno.test("where no checkpoint is good the training starts again", async () => {
  const one = await training();
  await one.train({ stopBefore: 2 });
  await one.edit("checkpoint.json", (text) => text.slice(1));
  const { told, epochs } = await one.train();
  expect(told).toEqual([expect.stringContaining("starts again from the beginning")]);
  expect(epochs).toEqual([1, 2, 3, 4]);
  await check(one);
});
