/** What a run's stages were given, in the words of `py/`: the arguments of every call that they make. */
import { join } from "node:path";
import type { PlacementConfig } from "../../src/method/placement.ts";
import { cosineWithWarmup } from "../../src/method/schedule.ts";
import type { ClusterConfig } from "../../src/method/stages/cluster.ts";
import { layers, type TransferConfig } from "../../src/method/stages/transfer.ts";
import type { TrainConfig } from "../../src/method/train_network.ts";
import type { JsonObject } from "../../src/pipeline/json.ts";
import { runPaths } from "../../src/pipeline/store.ts";
import type { BenchGraph } from "./stages.ts";

/** Input of overhead.py: `run` is the run folder with the data, `out` a new folder to work in. */
export function pythonPlan(
  { stages }: BenchGraph,
  { run, out, images }: { readonly run: string; readonly out: string; readonly images: number },
): JsonObject {
  const { artifact } = runPaths(run);
  const clusters = stages.clusters.config as ClusterConfig;
  const transfer = stages.transfer.config as TransferConfig;
  const targets = Object.entries(stages.transfer.inputs).flatMap(([input, { id }]) =>
    input.startsWith("target.") ? [[input.slice("target.".length), artifact(id)]] : []
  );
  return {
    out,
    images: join(artifact("icons"), "images.safetensors"),
    npre: training(stages.npre.config as TrainConfig, images, "rotation", 4),
    features: placement(stages.features.config as PlacementConfig),
    clusters: {
      normalise: clusters.normalise,
      fit: {
        k: clusters.k,
        iterations: clusters.iterations,
        seed: clusters.seed,
        engine: clusters.engine,
        device: clusters.device,
        threads: clusters.threads,
      },
    },
    ncf: training(stages.ncf.config as TrainConfig, images, "labels", clusters.k),
    transfer: {
      targets: Object.fromEntries(targets),
      layerwise_target: transfer.layerwiseTarget,
      layers: Object.fromEntries(
        layers.map((layer) => [layer, { layer, budget: transfer.layerBudget }]),
      ),
      extract: placement(transfer),
      costs: transfer.costs.toSorted((a, b) => a - b),
      probe: { device: transfer.device, threads: transfer.threads },
    },
  };
}

function training(
  { arch, width, seed, epochs, device, precision, threads, training }: TrainConfig,
  images: number,
  objective: "rotation" | "labels",
  classes: number,
): JsonObject {
  const steps = Math.floor(images / Math.min(training.batchSize, images));
  const schedule = {
    peak: training.learningRate,
    warmupSteps: training.warmupSteps,
    totalSteps: epochs * steps,
  };
  return {
    net: { arch, width },
    build: { heads: { fc: classes }, seed },
    objective,
    trainer: {
      batch_size: training.batchSize,
      momentum: training.momentum,
      weight_decay: training.weightDecay,
      nesterov: training.nesterov,
      label_smoothing: 0,
      augmentation: { shift: training.shift },
      ...{ precision, device, seed, threads },
    },
    learning_rates: Array.from(
      { length: epochs },
      (_, epoch) =>
        Array.from(
          { length: steps },
          (_, step) => cosineWithWarmup(schedule, epoch * steps + step),
        ),
    ),
  };
}

function placement({ batchSize, precision, device, threads }: PlacementConfig): JsonObject {
  return { batch_size: batchSize, precision, device, threads };
}
