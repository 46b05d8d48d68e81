/** Clips: as many as are asked for; the time of a few tells that of all. */
import type { ClipLabelsConfig } from "../../data/clips/labels_stage.ts";
import { motions, verbs } from "../../data/clips/motions.ts";
import { clipBytes, frames, paintClip } from "../../data/clips/paint.ts";
import type { ClipTargetConfig } from "../../data/clips/target_stage.ts";
import type { PretrainingConfig } from "../../data/icons/pretraining_stage.ts";
import { imageBytes, side } from "../../data/icons/render.ts";
import { splits } from "../../data/split.ts";
import type { Node } from "../../pipeline/graph.ts";
import type { Services } from "../services.ts";
import type { Estimating, Estimator } from "./estimator.ts";
import { pretraining, renderSeconds } from "./icons.ts";
import { packed, secondsOf } from "./synthetic.ts";

type ClipNode = Node<string, Services>;

/** Clips painted to tell the time of one. */
const painted = 64;
/** Bytes that the cards know of a row. */
const rowBytes = 200;
/** Labels and parts are read from the cards of rows: no time to speak of. */
const moment = 0.05;

export const clipsEstimator: Estimator = {
  stages: ["clips.pretraining", "clips.target"],
  shape: (node) => Promise.resolve({ rows: rowsOf(node), side, held: clipBytes }),
  async cost(node, known) {
    const rows = rowsOf(node);
    const { choice, seconds } = await pretraining(node.inputs["pretraining"] ?? node, known);
    const icon = await renderSeconds(node, known, choice.icons);
    const clip = await paintSeconds(node, known);
    return {
      seconds: seconds + rows * (icon + clip),
      memory: 2 * rows * clipBytes,
      disk: rows * (clipBytes + rowBytes),
    };
  },
  open: (_, known, rows) => packed(known, rows, side, frames),
};

function rowsOf({ stage, config }: ClipNode): number {
  if (stage.name === "clips.pretraining") return (config as PretrainingConfig).images;
  const { clips } = config as ClipTargetConfig;
  return splits.reduce((sum, split) => sum + clips[split], 0);
}

/** For one clip. */
async function paintSeconds(node: ClipNode, known: Estimating): Promise<number> {
  const { clip = 0 } = await known.sample(node, ["paint"], async () => {
    const icon = new Uint8Array(imageBytes);
    const paint = (count: number) => {
      for (let at = 0; at < count; at++) {
        paintClip(icon, { seed: 1, name: String(at), motion: motions[at % motions.length]! });
      }
      return Promise.resolve();
    };
    await paint(painted); // the first ones are compiled
    return { clip: await secondsOf(() => paint(painted)) / painted };
  });
  return clip;
}

export const clipLabelsEstimator: Estimator = {
  stages: ["clips.labels"],
  async shape(node, known) {
    const data = node.inputs["data"]!;
    const names = async () => (await pretraining(data, known)).choice.vocabulary.length;
    switch ((node.config as ClipLabelsConfig).of) {
      case "verbs":
        return { classes: verbs.length };
      case "motions":
        return { classes: motions.length };
      case "nouns":
        return { classes: await names() };
      case "tags":
        return { classes: verbs.length + await names() };
      case "actions":
        return { classes: verbs.length * (data.config as ClipTargetConfig).nouns };
    }
  },
  async cost(node, known) {
    const { rows } = await known.shapeOf(node, "data", "dataset");
    return { seconds: moment, memory: 0, disk: 8 * rows };
  },
};

export const clipPartsEstimator: Estimator = {
  stages: ["clips.parts"],
  shape: (node) => Promise.resolve((node.inputs["data"]!.config as ClipTargetConfig).clips),
  cost: (node) =>
    Promise.resolve({ seconds: moment, memory: 0, disk: rowsOf(node.inputs["data"]!) }),
};
