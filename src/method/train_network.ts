/** Training from scratch, an epoch at a time: checkpointed, logged, resumed bit for bit. */
import { join } from "node:path";
import { z } from "zod";
import type { Engine, Tensor, Trainer } from "../engine/engine.ts";
import { Checkpoints } from "../pipeline/checkpoint.ts";
import { unlessMissing, writeFileAtomic } from "../pipeline/files.ts";
import { formatJsonLines } from "../pipeline/jsonl.ts";
import type { Kinds, StageContext } from "../pipeline/stage.ts";
import type { TrainingConfig } from "./config.ts";
import { type NetworkConfig, networkFile, writeNetworkCard } from "./network.ts";
import { cosineWithWarmup } from "./schedule.ts";
import type { Versions } from "./versions.ts";
import { type CurvePoint, curvePointSchema } from "./summary.ts";

/** A type, not an interface: configs are JSON. */
export type TrainConfig = NetworkConfig & {
  readonly epochs: number;
  readonly seed: number;
  readonly device: string;
  readonly precision: "float32" | "bfloat16";
  readonly threads: number;
  readonly training: TrainingConfig;
  readonly versions: Versions;
};

type Context = StageContext<TrainConfig, Kinds, unknown>;

export interface TrainRequest
  extends Pick<Context, "config" | "dir" | "key" | "signal" | "progress" | "damaged"> {
  readonly engine: Engine;
  readonly task: "classify" | "rotate";
  readonly classes: number;
  /** uint8 [N, H, W, 3] */
  readonly images: Tensor;
  /** int64 [N]; null for "rotate". */
  readonly labels: Tensor | null;
}

/** Where a stopped training stands: the curve of the epochs that its checkpoint has behind it. */
const placeSchema = z.object({ curve: z.array(curvePointSchema) });

/** Trains, or goes on from the newest good checkpoint in `dir`, and writes network.safetensors, network.json
 * and log.jsonl. Returns their names. */
export async function trainNetwork(request: TrainRequest): Promise<readonly string[]> {
  const { engine, dir, key, config, classes, images, signal } = request;
  const { arch, width, seed, epochs, device, precision, threads, training } = config;
  using network = await engine.nets.build({ arch, classes, width, seed });
  using trainer = await engine.training.trainer(network, images, request.labels, {
    ...{ device, precision, threads, seed, task: request.task },
    batchSize: training.batchSize,
    momentum: training.momentum,
    nesterov: training.nesterov,
    weightDecay: training.weightDecay,
    labelSmoothing: 0,
    augment: { shift: training.shift },
  });
  let damage: string | undefined;
  const checkpoints = await Checkpoints.open(
    dir,
    key,
    (place) => placeSchema.parse(place),
    (message) => request.damaged(damage = message),
  );
  const log = join(dir, "log.jsonl");
  const newest = checkpoints.newest();
  if (newest) {
    await trainer.load(newest.path);
    if (damage === undefined) await checkLog(log, newest.place.curve, request.damaged);
  }
  const curve = newest?.place.curve ?? [];
  await writeFileAtomic(log, formatJsonLines(curve));
  for (let epoch = curve.length; epoch < epochs; epoch++) {
    signal.throwIfAborted();
    curve.push(await trainEpoch(trainer, epoch, request));
    await checkpoints.save({ curve: [...curve] }, (path) => trainer.save(path));
    await writeFileAtomic(log, formatJsonLines(curve));
  }
  await trainer.saveNetwork(join(dir, networkFile));
  await writeNetworkCard(engine, dir, { arch, width, classes });
  return [networkFile, "network.json", "log.jsonl"];
}

/** Tells where the log of a stopped training is not the one that its checkpoint knows; it may lack the last
 * line, which is written after the checkpoint. */
async function checkLog(
  path: string,
  curve: readonly CurvePoint[],
  damaged: (message: string) => void,
): Promise<void> {
  const bytes = await unlessMissing(Deno.readFile(path));
  const expected = [curve, curve.slice(0, -1)].map(formatJsonLines);
  if (bytes && expected.includes(new TextDecoder().decode(bytes))) return;
  damaged(`${path} is ${bytes ? "damaged" : "missing"}: written again from the checkpoint`);
}

async function trainEpoch(
  trainer: Trainer,
  epoch: number,
  { config, signal, progress }: TrainRequest,
): Promise<CurvePoint> {
  const { stepsPerEpoch } = trainer;
  const learningRates = Array.from(
    { length: stepsPerEpoch },
    (_, step) => learningRateAt(config, stepsPerEpoch, epoch * stepsPerEpoch + step),
  );
  const imagesPerEpoch = stepsPerEpoch * config.training.batchSize;
  const report = (done: number, total: number, metrics: Readonly<Record<string, number>>) =>
    progress({
      done: Math.round((epoch + done / total) * imagesPerEpoch),
      total: config.epochs * imagesPerEpoch,
      unit: "images",
      metrics: { epoch: epoch + 1, ...metrics },
    });
  const { loss, accuracy } = await trainer.run(learningRates, { signal, onProgress: report });
  report(1, 1, { loss, accuracy: 100 * accuracy });
  return {
    epoch: epoch + 1,
    loss,
    accuracy: 100 * accuracy,
    learningRate: learningRates.at(-1) ?? 0,
  };
}

function learningRateAt(config: TrainConfig, stepsPerEpoch: number, step: number): number {
  return cosineWithWarmup({
    peak: config.training.learningRate,
    warmupSteps: config.training.warmupSteps,
    totalSteps: config.epochs * stepsPerEpoch,
  }, step);
}
