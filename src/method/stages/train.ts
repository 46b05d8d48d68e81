/** Stage: a network trained from scratch for an objective: checkpointed within long epochs too, logged epoch by
 * epoch, resumed bit for bit (paper, section 3.1). */
import { join } from "node:path";
import { z } from "zod";
import { labelsFile, readLabels } from "../../data/labels.ts";
import type { Trainer, TrainerOptions } from "../../engine/engine.ts";
import {
  type Backbone,
  loadNetwork,
  networkFile,
  readNetworkCard,
  writeNetworkCard,
} from "../../models/network.ts";
import type { View } from "../../models/view.ts";
import { Checkpoints } from "../../pipeline/checkpoint.ts";
import { unlessMissing, writeFileAtomic } from "../../pipeline/files.ts";
import { formatJsonLines } from "../../pipeline/jsonl.ts";
import {
  type Artifact,
  type Artifacts,
  defineStage,
  type StageContext,
} from "../../pipeline/stage.ts";
import { type CurvePoint, curvePointSchema } from "../../results/summary.ts";
import { objectiveHeads } from "../objectives/list.ts";
import type { HeadsOf, ObjectiveConfig } from "../objectives/objective.ts";
import type { PlacementConfig } from "../placement.ts";
import { type Course, learningRateAt } from "../schedule.ts";
import type { Services } from "../services.ts";
import { openSource } from "../source.ts";
import type { TrainingSettings } from "../training_settings.ts";

export type TrainConfig = Backbone & PlacementConfig & {
  readonly view: View;
  readonly epochs: number;
  readonly seed: number;
  readonly objective: ObjectiveConfig;
  /** How each teacher reads a row, in the order of the inputs. */
  readonly teacherViews: readonly View[];
  readonly training: TrainingSettings;
};

type TrainInputs = {
  readonly data: "dataset";
  readonly [labels: `labels.${number}`]: "labels";
  readonly [teacher: `teacher.${number}`]: "network";
};

type Context = StageContext<TrainConfig, Artifacts<TrainInputs>, Services>;

/** The curve of a training, epoch by epoch. */
export const curveFile = "log.jsonl";

export const train = defineStage<TrainConfig, TrainInputs, "network", Services>({
  name: "train",
  version: 1,
  inputs: { data: "dataset" },
  output: "network",
  async run(context) {
    const { config, inputs, services: { engine } } = context;
    using open = new DisposableStack();
    const labels = numbered<"labels">(inputs, "labels");
    const teachers = numbered<"network">(inputs, "teacher");
    const heads = headsOf(
      config.objective,
      await Promise.all(labels.map(readLabels)),
      await Promise.all(teachers.map(readNetworkCard)),
    );
    const { source } = open.use(await openSource(engine, inputs.data));
    const tensors = [];
    for (const artifact of labels) {
      tensors.push(open.use(await engine.tensors.load(artifact.file(labelsFile))).get("labels"));
    }
    const networks = [];
    for (const [at, artifact] of teachers.entries()) {
      const view = config.teacherViews[at] ?? config.view;
      networks.push({ network: open.use(await loadNetwork(engine, artifact)), view });
    }
    const { name, options } = config.objective;
    const objective = open.use(
      await engine.objectives.make(name, { labels: tensors, networks, options }),
    );
    const { arch, width, seed } = config;
    const network = open.use(await engine.models.build({ arch, heads, width, seed }));
    const layers = width === null ? await engine.models.layers(network, null) : [];
    const trainer = open.use(
      await engine.training.trainer(network, source, objective, trainerOptions(config)),
    );
    await trainEpochs(trainer, context);
    await trainer.saveNetwork(join(context.dir, networkFile));
    const features = layers.at(-1)?.channels;
    const card = { arch, width, heads, ...(features !== undefined && { features }) };
    return [...await writeNetworkCard(engine, context.dir, card), curveFile];
  },
});

/** How a trainer trains by such a config. */
export function trainerOptions(
  { device, precision, threads, seed, view, training }: TrainConfig,
): TrainerOptions {
  return {
    ...{ device, precision, threads, seed, view },
    batchSize: training.batchSize,
    momentum: training.momentum,
    nesterov: training.nesterov,
    weightDecay: training.weightDecay,
    labelSmoothing: 0,
    augment: "shift" in training ? { shift: training.shift } : training.augmentation,
  };
}

function headsOf(
  { name, options }: ObjectiveConfig,
  labels: Parameters<HeadsOf>[0],
  teachers: Parameters<HeadsOf>[1],
): ReturnType<HeadsOf> {
  const heads = objectiveHeads[name];
  if (heads) return heads(labels, teachers, options);
  const known = Object.keys(objectiveHeads).join(", ");
  throw new Error(`Cannot train for "${name}": it needs an objective of ${known}.`);
}

/** The inputs `<name>.0`, `<name>.1`, ... in that order. */
function numbered<Kind extends string>(
  inputs: Readonly<Record<string, Artifact>>,
  name: string,
): Artifact<Kind>[] {
  const found: Artifact<Kind>[] = [];
  for (let at = 0; `${name}.${at}` in inputs; at++) {
    found.push(inputs[`${name}.${at}`] as Artifact<Kind>);
  }
  return found;
}

/** Where a stopped training stands, beside its step: the curve of the epochs that its checkpoint has behind it. */
const placeSchema = z.object({ curve: z.array(curvePointSchema) });

/** An epoch is trained in equal pieces of so many steps or up to twice as many, with a checkpoint behind each: a
 * minute or two of a large network on a CPU. */
const stepsOfPiece = 50;

/** Checkpoints in an epoch. */
export function piecesOf(stepsPerEpoch: number): number {
  return Math.max(1, Math.floor(stepsPerEpoch / stepsOfPiece));
}

/** Trains, or goes on from the newest good checkpoint, and writes the curve. */
async function trainEpochs(trainer: Trainer, context: Context): Promise<void> {
  const { dir, key, config, signal } = context;
  let damage: string | undefined;
  const checkpoints = await Checkpoints.open(
    dir,
    key,
    (place) => placeSchema.parse(place),
    (message) => context.damaged(damage = message),
  );
  const log = join(dir, curveFile);
  const newest = checkpoints.newest();
  if (newest) {
    await trainer.load(newest.path);
    if (damage === undefined) await checkLog(log, newest.place.curve, context.damaged);
  }
  const curve = newest?.place.curve ?? [];
  await writeFileAtomic(log, formatJsonLines(curve));
  const pieces = piecesOf(trainer.stepsPerEpoch);
  const endOf = (piece: number) => Math.round(piece * trainer.stepsPerEpoch / pieces);
  while (curve.length < config.epochs) {
    for (let piece = 1; piece <= pieces; piece++) {
      const end = curve.length * trainer.stepsPerEpoch + endOf(piece);
      if (end <= trainer.step) continue;
      signal.throwIfAborted();
      const soFar = await trainTo(end, trainer, context);
      if (piece === pieces) curve.push(soFar);
      await checkpoints.save({ curve: [...curve] }, (path) => trainer.save(path));
    }
    await writeFileAtomic(log, formatJsonLines(curve));
  }
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

/** Trains up to a step of the present epoch, and gives what was measured since that began. */
async function trainTo(
  end: number,
  trainer: Trainer,
  { config, signal, progress }: Context,
): Promise<CurvePoint> {
  const { step: start, stepsPerEpoch } = trainer;
  const { training, epochs } = config;
  const course: Course = {
    schedule: training.schedule ?? "cosine",
    peak: training.learningRate,
    warmupSteps: training.warmupSteps,
    totalSteps: epochs * stepsPerEpoch,
  };
  const learningRates = Array.from(
    { length: end - start },
    (_, at) => learningRateAt(course, start + at),
  );
  const epoch = Math.floor(start / stepsPerEpoch) + 1;
  const report = (step: number, metrics: Readonly<Record<string, number>>) =>
    progress({
      done: Math.round(step * training.batchSize),
      total: epochs * stepsPerEpoch * training.batchSize,
      unit: "images",
      metrics: { epoch, ...metrics },
    });
  const { loss, metrics } = await trainer.run(learningRates, {
    signal,
    onProgress: (done, total, metrics) => report(start + done / total * (end - start), metrics),
  });
  const accuracy = metrics["accuracy"] === undefined ? null : 100 * metrics["accuracy"];
  report(end, { loss, ...(accuracy !== null && { accuracy }) });
  return { epoch, loss, accuracy, learningRate: learningRates.at(-1) ?? 0 };
}
