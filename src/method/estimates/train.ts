/** Training: seconds of a step, measured, times steps; and of a checkpoint after each epoch. */
import { join } from "node:path";
import type { Node } from "../../pipeline/graph.ts";
import { objectiveHeads } from "../objectives/list.ts";
import type { Services } from "../services.ts";
import { piecesOf, type TrainConfig, trainerOptions } from "../stages/train.ts";
import type { Estimating, Estimator, Sample } from "./estimator.ts";
import type { Shapes } from "./shapes.ts";
import { labelsOf, secondsOf, tensorsOf } from "./synthetic.ts";

/** Rows of the sample: more than a batch, and not all in the CPU's caches. */
const sampleRows = 2048;
/** Seconds that steps are measured for. */
const patience = 2.5;
/** Steps before the measured ones: the first ones allocate. */
const warmup = 4;
/** Training tells its progress and checks its loss that often. */
const stride = 8;

type Network = Shapes["network"];

export const trainEstimator: Estimator = {
  stages: ["train"],
  async shape(node, known) {
    const { arch, width, objective } = node.config as TrainConfig;
    const labels = await shapesOf(known, node, "labels");
    const teachers = await shapesOf(known, node, "network");
    const heads = objectiveHeads[objective.name]?.(
      labels.map(({ classes }) => ({ title: "", kind: "single", rows: 1, classes, names: null })),
      teachers.map((teacher) => ({ ...teacher, snippet: "" })),
      objective.options,
    ) ?? {};
    return { arch, width, heads };
  },
  async cost(node, known) {
    const config = node.config as TrainConfig;
    const data = await known.shapeOf(node, "data", "dataset");
    const network = await trainEstimator.shape(node, known) as Network;
    const { batchSize } = config.training;
    const { arch, width, precision, threads, device, view, objective } = config;
    const sample = await known.sample(
      node,
      [
        ...[
          "train",
          arch,
          width,
          precision,
          threads,
          device,
          JSON.stringify([config.training, view]),
        ],
        ...[node.inputs["data"]!.id, JSON.stringify([objective, network.heads])],
      ],
      () => sampleTraining(node, known),
    );
    const steps = Math.floor(data.rows / Math.min(batchSize, data.rows));
    const { step = 0, save = 0, bytes = 0 } = sample;
    return {
      seconds: config.epochs * (steps * step + piecesOf(steps) * save),
      memory: Math.max(0, data.rows - sampleRows) * data.held,
      disk: bytes,
    };
  },
};

/** Shapes of the inputs `labels.0`, `labels.1` ... or `teacher.0` ... of a node. */
async function shapesOf<Kind extends "labels" | "network">(
  known: Estimating,
  node: Node<string, Services>,
  kind: Kind,
): Promise<Shapes[Kind][]> {
  const prefix = kind === "labels" ? "labels." : "teacher.";
  const names = Object.keys(node.inputs).filter((name) => name.startsWith(prefix));
  return await Promise.all(names.map((name) => known.shapeOf(node, name, kind)));
}

/** Seconds of a step and of a checkpoint, and the bytes of the network. */
async function sampleTraining(node: Node<string, Services>, known: Estimating): Promise<Sample> {
  const { engine, dir, signal } = known;
  const { rows } = await known.shapeOf(node, "data", "dataset");
  const config = node.config as TrainConfig;
  const { arch, width, training, objective: { name, options } } = config;
  const labels = await shapesOf(known, node, "labels");
  const teachers = await shapesOf(known, node, "network");
  const { heads } = await trainEstimator.shape(node, known) as Network;
  using open = new DisposableStack();
  const { source } = open.use(
    await known.open(node, "data", Math.max(sampleRows, training.batchSize)),
  );
  const targets = [];
  for (const { classes } of labels) {
    const file = open.use(await tensorsOf(known, { labels: labelsOf(source.rows, classes) }));
    targets.push(file.get("labels"));
  }
  const networks = [];
  for (const [at, teacher] of teachers.entries()) {
    const network = open.use(await engine.models.build({ ...teacher, seed: 1 }));
    networks.push({ network, view: config.teacherViews[at] ?? config.view });
  }
  const given = { labels: targets, networks, options };
  const objective = open.use(await engine.objectives.make(name, given));
  const network = open.use(await engine.models.build({ arch, width, heads, seed: 1 }));
  const trainer = open.use(
    await engine.training.trainer(network, source, objective, trainerOptions(config)),
  );
  const run = (steps: number) =>
    secondsOf(() => trainer.run(Array.from({ length: steps }, () => 1e-4), { signal }));
  const first = await run(warmup) / warmup;
  const strides = Math.max(1, Math.round(patience / (stride * first)));
  const steps = first > patience ? 1 : strides * stride;
  const whole = Math.min(rows, training.batchSize) / Math.min(source.rows, training.batchSize);
  const step = whole * await run(steps) / steps;
  const path = join(dir, `${crypto.randomUUID()}.safetensors`);
  const save = await secondsOf(() => trainer.save(path));
  await trainer.saveNetwork(path);
  return { step, save, bytes: (await Deno.stat(path)).size };
}
