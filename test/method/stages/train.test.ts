import { expect } from "expect";
import { train, type TrainConfig } from "../../../src/method/stages/train.ts";
import { cosineWithWarmup, type Course, learningRateAt } from "../../../src/method/schedule.ts";
import type { Progress } from "../../../src/pipeline/stage.ts";
import { somePlacement, someView, StageRun } from "./stage_run.ts";

const training = {
  ...{ batchSize: 4, learningRate: 0.3, warmupSteps: 3, momentum: 0.8, nesterov: true },
  ...{ weightDecay: 0.01, shift: 2 },
};
const config: TrainConfig = {
  ...{ arch: "toy", width: 5, ...somePlacement, view: someView, epochs: 4, seed: 77, training },
  ...{ objective: { name: "rotation", options: {} }, teacherViews: [] },
};
const steps = 2; // of the engine's epochs

const data = (stage: StageRun) => stage.dataset("rows", ["a:b", "a:c"]);

Deno.test("train builds the network and its batches from the config's seed, as everything else", async () => {
  await using stage = await StageRun.open();
  await stage.run(train, config, { data: await data(stage) });
  const [objective] = stage.engine.of("objective");
  expect(objective?.args).toEqual(["rotation", { labels: [], networks: [], options: {} }]);
  const [network] = stage.engine.of("build");
  expect(network?.args).toEqual([{ arch: "toy", width: 5, heads: { rotation: 4 }, seed: 77 }]);
  const { device, precision, threads } = somePlacement;
  expect(stage.engine.of("train").map(({ args }) => args)).toEqual([[
    network?.made,
    "rows/images.safetensors",
    objective?.made,
    {
      ...{ device, precision, threads, seed: 77, view: someView, batchSize: 4, momentum: 0.8 },
      ...{ nesterov: true, weightDecay: 0.01, labelSmoothing: 0, augment: { shift: 2 } },
    },
  ]]);
});

Deno.test("train gives an objective its labels and its teachers in order, each with its own view", async () => {
  await using stage = await StageRun.open();
  const views = [224, 112].map((size) => ({ size, clips: 1, frames: null }));
  const card = { arch: "big", width: 64, heads: { labels: 3 } };
  await stage.run(
    train,
    {
      ...config,
      objective: { name: "labels", options: { temperature: 5 } },
      teacherViews: views,
    },
    {
      "data": await data(stage),
      // not in this order in a manifest's sorted names, had there been ten of them
      "labels.1": await stage.labels("fine", { names: ["a", "b", "c"], labels: [2, 1] }),
      "labels.0": await stage.labels("coarse", { names: ["x", "y"], labels: [0, 1] }),
      "teacher.1": await stage.network("second", card),
      "teacher.0": await stage.network("first", card),
    },
  );
  expect(stage.engine.of("objective")[0]?.args).toEqual(["labels", {
    labels: ["coarse/labels.safetensors", "fine/labels.safetensors"],
    networks: [{ network: "first", view: views[0] }, { network: "second", view: views[1] }],
    options: { temperature: 5 },
  }]);
  expect(stage.engine.of("load").map(({ args }) => args)).toMatchObject([
    ["first", { arch: "big", width: 64 }],
    ["second", { arch: "big", width: 64 }],
  ]);
  const [built] = stage.engine.of("build");
  expect(built?.args).toMatchObject([{ heads: { labels: 2, labels2: 3 } }]);
  expect(await stage.json("network.json")).toMatchObject({ heads: { labels: 2, labels2: 3 } });
});

Deno.test("train runs one schedule over all epochs", async () => {
  await using stage = await StageRun.open();
  await stage.run(train, config, { data: await data(stage) });
  const rates = stage.engine.of("run").flatMap(({ args }) => args[1] as number[]);
  const schedule = { peak: 0.3, warmupSteps: 3, totalSteps: 4 * steps };
  expect(rates).toEqual(
    Array.from({ length: 4 * steps }, (_, step) => cosineWithWarmup(schedule, step)),
  );
  const epochs = (await Deno.readTextFile(stage.path("log.jsonl"))).trim().split("\n");
  expect(epochs.map((line) => JSON.parse(line))).toEqual([1, 2, 3, 4].map((epoch) => ({
    ...{ epoch, loss: 1 / (steps * epoch), accuracy: 50 },
    learningRate: rates[steps * epoch - 1],
  })));
});

Deno.test("train tells its progress in images of all epochs", async () => {
  await using stage = await StageRun.open();
  const { progress } = await stage.run(train, config, { data: await data(stage) });
  const perEpoch = steps * training.batchSize;
  const total = 4 * perEpoch;
  expect(progress.map(({ done }) => done)).toEqual(
    [1, 2, 3, 4].flatMap((epoch) => [epoch * perEpoch, epoch * perEpoch]),
  );
  expect(new Set(progress.map(({ total, unit }) => `${total} ${unit}`))).toEqual(
    new Set([`${total} images`]),
  );
  // the engine's own, then what the whole epoch measured
  expect(progress.slice(2, 4).map(({ metrics }) => metrics)).toEqual([
    { epoch: 2, loss: 1 / (2 * steps) },
    { epoch: 2, loss: 1 / (2 * steps), accuracy: 50 },
  ]);
});

Deno.test("train writes the network, its card and the curve", async () => {
  await using stage = await StageRun.open();
  const { files } = await stage.run(train, config, { data: await data(stage) });
  expect(files).toEqual(["network.safetensors", "network.json", "log.jsonl"]);
  const [trained] = stage.engine.of("train");
  expect(await stage.json("network.safetensors")).toEqual({
    ...{ origin: trained?.made, step: 4 * steps },
  });
  expect(await stage.json("network.json")).toEqual({
    ...{ arch: "toy", width: 5, heads: { rotation: 4 }, snippet: "load network.safetensors" },
  });
});

Deno.test("train names the objectives that there are", async () => {
  await using stage = await StageRun.open();
  const objective = { name: "moco", options: {} };
  await expect(stage.run(train, { ...config, objective }, { data: await data(stage) })).rejects
    .toThrow(
      'Cannot train for "moco": it needs an objective of rotation, jigsaw, labels, distillation, regression.',
    );
});

// Stopped and gone on with.

class Training implements AsyncDisposable {
  readonly #stage: StageRun;
  readonly #inputs: Readonly<Record<string, Awaited<ReturnType<typeof data>>>>;

  private constructor(stage: StageRun, input: Awaited<ReturnType<typeof data>>) {
    this.#stage = stage;
    this.#inputs = { data: input };
  }

  static async open(): Promise<Training> {
    const stage = await StageRun.open();
    return new Training(stage, await data(stage));
  }

  /** Trains all epochs, or is stopped before the epoch `stopBefore` (from 0). */
  async train({ stopBefore = Infinity } = {}): Promise<{ told: string[]; epochs: number[] }> {
    const stop = new AbortController();
    if (stopBefore === 0) stop.abort("stopped");
    const epochs = new Set<number>();
    const told: string[] = [];
    const onProgress = ({ done, total, metrics }: Progress) => {
      epochs.add(metrics?.["epoch"] ?? 0);
      if (done === (stopBefore / 4) * total) stop.abort("stopped");
    };
    const stopped = await this.#stage.run(train, config, this.#inputs, {
      ...{ signal: stop.signal, onProgress, onDamaged: (message) => void told.push(message) },
    }).then(() => false, (reason) => {
      if (reason !== "stopped") throw reason;
      return true;
    });
    expect(stopped).toBe(stopBefore < 4);
    return { told, epochs: [...epochs] };
  }

  read(name: string): Promise<string> {
    return Deno.readTextFile(this.#stage.path(name));
  }

  async edit(name: string, change: (text: string) => string): Promise<void> {
    await Deno.writeTextFile(this.#stage.path(name), change(await this.read(name)));
  }

  /** Step of the finished network, and its curve. */
  async result() {
    const { step } = JSON.parse(await this.read("network.safetensors"));
    return { step, log: await this.read("log.jsonl") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stage[Symbol.asyncDispose]();
  }
}

async function undisturbed() {
  await using one = await Training.open();
  await one.train();
  return await one.result();
}

const expected = await undisturbed();

Deno.test("train goes on from its checkpoint to the same network and log", async () => {
  await using one = await Training.open();
  expect((await one.train({ stopBefore: 2 })).epochs).toEqual([1, 2]);
  expect((await one.read("log.jsonl")).split("\n")).toHaveLength(3);
  expect(await one.train()).toEqual({ told: [], epochs: [3, 4] });
  expect(await one.result()).toEqual(expected);
});

Deno.test("a training that is stopped before it begins leaves nothing behind that it could go on from", async () => {
  await using one = await Training.open();
  expect(await one.train({ stopBefore: 0 })).toEqual({ told: [], epochs: [] });
  expect((await one.train()).epochs).toEqual([1, 2, 3, 4]);
  expect(await one.result()).toEqual(expected);
});

Deno.test("a log that a kill left one line short is written again, and nothing is said", async () => {
  await using one = await Training.open();
  await one.train({ stopBefore: 2 });
  await one.edit("log.jsonl", (text) => `${text.split("\n")[0]}\n`);
  expect((await one.train()).told).toEqual([]);
  expect(await one.result()).toEqual(expected);
});

const harm: readonly [name: string, change: (text: string) => string][] = [
  ["a digit", (text) => text.replace('"epoch":1', '"epoch":7')],
  ["its end", (text) => text.slice(0, -5)],
  ["all of it", () => ""],
];

for (const [name, change] of harm) {
  Deno.test(`a log damaged in ${name} is told, written again and never sealed`, async () => {
    await using one = await Training.open();
    await one.train({ stopBefore: 3 });
    await one.edit("log.jsonl", change);
    const { told, epochs } = await one.train();
    expect(told).toEqual([expect.stringMatching(/log\.jsonl is damaged: written again/)]);
    expect(epochs).toEqual([4]);
    expect(await one.result()).toEqual(expected);
  });
}

Deno.test("a damaged checkpoint is told, and the epoch behind it is trained again", async () => {
  await using one = await Training.open();
  await one.train({ stopBefore: 3 });
  await one.edit("checkpoint-3.safetensors", (text) => text.replace('"step":6', '"step":7'));
  const { told, epochs } = await one.train();
  expect(told).toEqual([expect.stringContaining("goes on from checkpoint-2.safetensors")]);
  expect(epochs).toEqual([3, 4]);
  expect(await one.result()).toEqual(expected);
});

Deno.test("where no checkpoint is good the training starts again", async () => {
  await using one = await Training.open();
  await one.train({ stopBefore: 2 });
  await one.edit("checkpoint.json", (text) => text.slice(1));
  const { told, epochs } = await one.train();
  expect(told).toEqual([expect.stringContaining("starts again from the beginning")]);
  expect(epochs).toEqual([1, 2, 3, 4]);
  expect(await one.result()).toEqual(expected);
});

// Long epochs.

/** Steps of each run of the engine. */
const lengths = (stage: StageRun) =>
  stage.engine.of("run").map(({ args }) => (args[1] as number[]).length);

for (
  const [stepsPerEpoch, pieces] of [
    [78, [78]], // the default job's
    [99, [99]],
    [100, [50, 50]],
    [161, [54, 53, 54]],
  ] as const
) {
  Deno.test(`an epoch of ${stepsPerEpoch} steps is trained in ${pieces.length} pieces, and is one point of the curve`, async () => {
    await using stage = await StageRun.open({ stepsPerEpoch });
    await stage.run(train, { ...config, epochs: 2 }, { data: await data(stage) });
    expect(lengths(stage)).toEqual([...pieces, ...pieces]);
    const curve = (await Deno.readTextFile(stage.path("log.jsonl"))).trim().split("\n")
      .map((line) => JSON.parse(line));
    expect(curve.map(({ epoch, loss }) => [epoch, loss]))
      .toEqual([1, 2].map((epoch) => [epoch, 1 / (epoch * stepsPerEpoch)]));
    const rates = stage.engine.of("run").flatMap(({ args }) => args[1] as number[]);
    const schedule = { peak: 0.3, warmupSteps: 3, totalSteps: 2 * stepsPerEpoch };
    expect(rates).toEqual(rates.map((_, step) => cosineWithWarmup(schedule, step)));
  });
}

Deno.test("a training that is stopped within an epoch goes on within it, to the same network and log", async () => {
  const stepsPerEpoch = 161;
  const total = 2 * stepsPerEpoch;
  const run = async (stops: readonly number[]) => {
    await using stage = await StageRun.open({ stepsPerEpoch });
    const inputs = { data: await data(stage) };
    for (const at of [...stops, Infinity]) {
      const stop = new AbortController();
      await stage.run(train, { ...config, epochs: 2 }, inputs, {
        signal: stop.signal,
        onProgress: ({ done }) => done === at * training.batchSize && stop.abort("stopped"),
        onDamaged: (message) => {
          throw new Error(message);
        },
      }).then(() => expect(at).toBe(Infinity), (reason) => expect(reason).toBe("stopped"));
    }
    return {
      lengths: lengths(stage),
      log: await Deno.readTextFile(stage.path("log.jsonl")),
      network: JSON.parse(await Deno.readTextFile(stage.path("network.safetensors"))).step,
    };
  };
  const undisturbed = await run([]);
  expect(undisturbed).toMatchObject({ lengths: [54, 53, 54, 54, 53, 54], network: total });
  expect(await run([54, 161 + 107])).toEqual(undisturbed);
});

Deno.test("train hands the recipe and the schedule of its config on", async () => {
  await using stage = await StageRun.open();
  const augmentation = { flip: true, grey: 0.25 };
  const { shift: _, ...rest } = training;
  await stage.run(
    train,
    { ...config, training: { ...rest, augmentation, schedule: "halving" } },
    { data: await data(stage) },
  );
  expect(stage.engine.of("train")[0]?.args[3]).toMatchObject({ augment: augmentation });
  const course: Course = {
    ...{ schedule: "halving" as const, peak: 0.3, warmupSteps: 3, totalSteps: 4 * steps },
  };
  expect(stage.engine.of("run").flatMap(({ args }) => args[1] as number[]))
    .toEqual(Array.from({ length: 4 * steps }, (_, step) => learningRateAt(course, step)));
});
