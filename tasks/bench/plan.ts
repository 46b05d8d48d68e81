/** What a run's stages were given, in the words of `py/`: the arguments of every call that they make. */
import { join } from "node:path";
import { imagesFile } from "../../src/data/dataset.ts";
import { labelsFile } from "../../src/data/labels.ts";
import { partsFile } from "../../src/data/parts.ts";
import type { EvaluationConfig } from "../../src/method/placement.ts";
import { type Course, learningRateAt } from "../../src/method/schedule.ts";
import type { ClusterConfig } from "../../src/method/stages/cluster.ts";
import type { ExtractConfig } from "../../src/method/stages/extract.ts";
import type { PenalisedConfig } from "../../src/method/probe_config.ts";
import type { MeasureConfig } from "../../src/method/stages/measure.ts";
import type { TrainConfig } from "../../src/method/stages/train.ts";
import type { JsonObject } from "../../src/pipeline/json.ts";
import { runPaths } from "../../src/pipeline/store.ts";
import type { BenchGraph } from "./stages.ts";

/** Input of overhead.py: `run` is the run folder with the data, `out` a new folder to work in. */
export function pythonPlan(
  { stages, transfer }: BenchGraph,
  { run, out, images }: { readonly run: string; readonly out: string; readonly images: number },
): JsonObject {
  const { artifact } = runPaths(run);
  const clusters = stages.clusters.config as ClusterConfig;
  const measures = Object.entries(transfer).map(([target, { config, inputs }]) => {
    const file = (input: string, name: string) => join(artifact(inputs[input]?.id ?? ""), name);
    const measure = config as MeasureConfig & PenalisedConfig; // the bench asks for no other
    return [target, {
      images: file("data", imagesFile),
      labels: file("labels", labelsFile),
      parts: file("parts", partsFile),
      outputs: Object.fromEntries(measure.outputs.map((output, at) => [String(at), { ...output }])),
      extract: placement(measure),
      probe: measure.probe,
      metric: measure.metric,
      sweep: {
        costs: measure.costs.toSorted((a, b) => a - b),
        device: measure.device,
        threads: measure.threads,
      },
    }];
  });
  return {
    out,
    images: join(artifact(stages.npre.inputs["data"]?.id ?? ""), imagesFile),
    npre: training(stages.npre.config as TrainConfig, images, { rotation: 4 }),
    features: placement(stages.features.config as ExtractConfig),
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
    ncf: training(stages.ncf.config as TrainConfig, images, { labels: clusters.k }),
    transfer: Object.fromEntries(measures),
  };
}

function training(
  { arch, width, seed, epochs, device, precision, threads, training, objective }: TrainConfig,
  images: number,
  heads: Readonly<Record<string, number>>,
): JsonObject {
  const steps = Math.floor(images / Math.min(training.batchSize, images));
  const course: Course = {
    schedule: training.schedule ?? "cosine",
    peak: training.learningRate,
    warmupSteps: training.warmupSteps,
    totalSteps: epochs * steps,
  };
  return {
    net: { arch, width },
    build: { heads: { ...heads }, seed },
    objective: objective.name,
    trainer: {
      batch_size: training.batchSize,
      momentum: training.momentum,
      weight_decay: training.weightDecay,
      nesterov: training.nesterov,
      label_smoothing: 0,
      augmentation: "shift" in training ? { shift: training.shift } : {},
      ...{ precision, device, seed, threads },
    },
    learning_rates: Array.from(
      { length: epochs },
      (_, epoch) =>
        Array.from(
          { length: steps },
          (_, step) => learningRateAt(course, epoch * steps + step),
        ),
    ),
  };
}

function placement({ batchSize, precision, device, threads }: EvaluationConfig): JsonObject {
  return { batch_size: batchSize, precision, device, threads };
}
