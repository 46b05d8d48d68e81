/** Training from scratch, an epoch at a time: checkpointed, logged, resumed bit for bit. */
import { join } from "node:path";
import type { Engine, Tensor, Trainer } from "../engine/engine.ts";
import { unlessMissing } from "../pipeline/files.ts";
import { JsonLog } from "../pipeline/jsonl.ts";
import type { Progress } from "../pipeline/stage.ts";
import type { TrainingConfig } from "./config.ts";
import { type NetworkConfig, networkFile, writeNetworkCard } from "./network.ts";
import { cosineWithWarmup } from "./schedule.ts";
import type { CurvePoint } from "./summary.ts";

/** A type, not an interface: configs are JSON. */
export type TrainConfig = NetworkConfig & {
  readonly epochs: number;
  readonly seed: number;
  readonly device: string;
  readonly precision: "float32" | "bfloat16";
  readonly threads: number;
  readonly training: TrainingConfig;
};

export interface TrainRequest {
  readonly engine: Engine;
  readonly dir: string;
  readonly config: TrainConfig;
  readonly task: "classify" | "rotate";
  readonly classes: number;
  /** uint8 [N, H, W, 3] */
  readonly images: Tensor;
  /** int64 [N]; null for "rotate". */
  readonly labels: Tensor | null;
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

const checkpoint = "checkpoint.safetensors";

/** Trains, or goes on from the checkpoint in `dir`, and writes network.safetensors, network.json and
 * log.jsonl. Returns their names. */
export async function trainNetwork(request: TrainRequest): Promise<readonly string[]> {
  const { engine, dir, config, classes, images, signal } = request;
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
  if (await unlessMissing(Deno.stat(join(dir, checkpoint)))) {
    await trainer.load(join(dir, checkpoint));
  }
  const perEpoch = trainer.stepsPerEpoch;
  using log = await JsonLog.open(join(dir, "log.jsonl"), trainer.step / perEpoch);
  for (let epoch = trainer.step / perEpoch; epoch < epochs; epoch++) {
    signal.throwIfAborted();
    log.append(await trainEpoch(trainer, epoch, request));
    await log.sync();
    await trainer.save(join(dir, checkpoint));
  }
  await trainer.saveNetwork(join(dir, networkFile));
  await writeNetworkCard(engine, dir, { arch, width, classes });
  return [networkFile, "network.json", "log.jsonl"];
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
