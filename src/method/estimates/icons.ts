/** Icons: they are chosen as the stages choose them, and a few are rendered. */
import type { Split } from "../../data/split.ts";
import { perSplit } from "../../data/split.ts";
import { askPretraining, askTarget } from "../../data/icons/ask.ts";
import type { Icon } from "../../data/icons/icon.ts";
import type { PretrainingChoice } from "../../data/icons/choose_pretraining.ts";
import { iconsToAsk, type PretrainingConfig } from "../../data/icons/pretraining_stage.ts";
import { render, side } from "../../data/icons/render.ts";
import type { RowsConfig } from "../../data/icons/targets/rows_stage.ts";
import { iconTargets } from "../../data/icons/targets/list.ts";
import type { TargetLabelsConfig } from "../../data/icons/targets/labels_stage.ts";
import type { TargetChoice } from "../../data/icons/targets/target.ts";
import type { Node } from "../../pipeline/graph.ts";
import type { Services } from "../services.ts";
import type { Estimating, Estimator } from "./estimator.ts";
import { packed, secondsOf } from "./synthetic.ts";

type IconNode = Node<string, Services>;

/** Icons rendered to tell the time of one, and before them: the first ones load what they need. */
const rendered = 320;
const warmup = 32;
/** Bytes of an image. */
const imageBytes = side * side * 3;
/** Bytes that the cards know of a row: its name, its digest, its words. */
const rowBytes = 200;

/** What was chosen for a node, and the seconds that it took. Asked for several times, chosen once. */
const choices = new WeakMap<IconNode, Promise<Chosen<unknown>>>();

interface Chosen<Choice> {
  readonly choice: Choice;
  readonly seconds: number;
}

function chosen<Choice>(node: IconNode, choose: () => Promise<Choice>): Promise<Chosen<Choice>> {
  const known = choices.get(node) as Promise<Chosen<Choice>> | undefined;
  if (known) return known;
  const choice = (async () => {
    const began = performance.now();
    return { choice: await choose(), seconds: (performance.now() - began) / 1000 };
  })();
  choices.set(node, choice);
  return choice;
}

/** The choice of a node whose config is a `PretrainingConfig`. */
export function pretraining(
  node: IconNode,
  { signal }: Estimating,
): Promise<Chosen<PretrainingChoice>> {
  const { images, names, dataSeed: seed } = node.config as PretrainingConfig;
  return chosen(node, () => askPretraining({ seed, names, icons: iconsToAsk(images) }, signal));
}

async function target(node: IconNode, known: Estimating): Promise<Chosen<TargetChoice>> {
  const { icons, size, dataSeed: seed } = node.config as RowsConfig;
  const { choice: { seen, vocabulary } } = await pretraining(node.inputs["pretraining"]!, known);
  const draw = { icons, size, seed, seen: new Map(Object.entries(seen)), hashtags: vocabulary };
  return await chosen(node, () => askTarget(draw, known.signal));
}

/** Seconds that rendering one of `icons` takes. */
export async function renderSeconds(
  node: IconNode,
  known: Estimating,
  icons: readonly Icon[],
): Promise<number> {
  const few = icons.slice(0, rendered);
  const all = (some: readonly Icon[]) => Array.fromAsync(render(some, known.signal));
  const { icon = 0 } = await known.sample(node, ["render", node.id], async () => {
    await all(few.slice(0, warmup));
    return { icon: await secondsOf(() => all(few)) / few.length };
  });
  return icon;
}

const dataset = (rows: number) => ({ rows, side, held: imageBytes });

/** Made-up images in the place of a node's: what is in them takes no time. */
const open: Estimator["open"] = (_, known, rows) => packed(known, rows, side);

const bytes = (rows: number) => ({
  memory: 2 * rows * imageBytes,
  disk: rows * (imageBytes + rowBytes),
});

export const pretrainingEstimator: Estimator = {
  stages: ["icons.pretraining"],
  shape: (node) => Promise.resolve(dataset((node.config as PretrainingConfig).images)),
  async cost(node, known) {
    const { images } = node.config as PretrainingConfig;
    const { choice, seconds } = await pretraining(node, known);
    const icon = await renderSeconds(node, known, choice.icons);
    return { seconds: seconds + images * icon, ...bytes(images) };
  },
  open,
};

export const targetEstimator: Estimator = {
  stages: ["icons.target"],
  shape: async (node, known) => dataset((await target(node, known)).choice.icons.length),
  async cost(node, known) {
    const { choice: { icons }, seconds } = await target(node, known);
    const icon = await renderSeconds(node, known, icons);
    return { seconds: seconds + icons.length * icon, ...bytes(icons.length) };
  },
  open,
};

/** Labels and parts are read from the cards of rows: no time to speak of. */
const moment = 0.05;

export const iconLabelsEstimator: Estimator = {
  stages: ["icons.target-labels", "icons.hashtags"],
  async shape(node, known) {
    const data = node.inputs["data"]!;
    if (node.stage.name === "icons.hashtags") {
      return { classes: (await pretraining(data, known)).choice.vocabulary.length };
    }
    const { choice: { classes } } = await target(data, known);
    const { target: name } = node.config as TargetLabelsConfig;
    const tagged = iconTargets.find((one) => one.name === name)?.probe === "one-vs-rest";
    const { choice: { vocabulary } } = await pretraining(node.inputs["pretraining"]!, known);
    return { classes: tagged ? vocabulary.length : classes.length };
  },
  async cost(node, known) {
    const { rows } = await known.shapeOf(node, "data", "dataset");
    return { seconds: moment, memory: 0, disk: 8 * rows };
  },
};

export const iconWordsEstimator: Estimator = {
  stages: ["icons.words"],
  shape: (node, known) => known.shapeOf(node, "labels", "labels"),
  async cost(node, known) {
    const { rows } = await known.shapeOf(node, "data", "dataset");
    const { classes } = await known.shapeOf(node, "labels", "labels");
    return { seconds: moment, memory: 0, disk: rows * classes };
  },
};

export const iconPartsEstimator: Estimator = {
  stages: ["icons.target-parts"],
  async shape(node, known) {
    const { choice: { icons } } = await target(node.inputs["data"]!, known);
    const count = (split: Split) => icons.filter((icon) => icon.split === split).length;
    return perSplit(count);
  },
  async cost(node, known) {
    const { rows } = await known.shapeOf(node, "data", "dataset");
    return { seconds: moment, memory: 0, disk: rows };
  },
};
