/** Pictures and videos of one's own: some of them, spread over all, are indexed as the stage does it, and later stages
 * are measured on these. */
import { join } from "node:path";
import type { Collection } from "../../data/pictures/collection.ts";
import { type IndexConfig, indexPictures } from "../../data/pictures/index_stage.ts";
import { indexVideos, type VideoIndexConfig } from "../../data/pictures/videos_stage.ts";
import { collectionsOfNodes, labelsOfNodes, partsOfNodes } from "../../data/pictures/made_of.ts";
import { unitOf } from "../../data/pictures/index_blocks.ts";
import { picked } from "../../data/pictures/part_of.ts";
import { keysFile, pixelsFile } from "../../data/pictures/stored.ts";
import { perSplit, type Split } from "../../data/split.ts";
import { unlessMissing } from "../../pipeline/files.ts";
import type { Node } from "../../pipeline/graph.ts";
import type { Artifact } from "../../pipeline/stage.ts";
import type { Services } from "../services.ts";
import { openSource } from "../source.ts";
import type { Estimating, Estimator } from "./estimator.ts";
import { secondsOf } from "./synthetic.ts";

/** Pictures that are indexed, or videos, which have many frames each. */
const sampled = { pictures: 192, videos: 8 };
/** Shorter side in pixels of a video, about. */
const videoSide = 256;
/** Bytes that the index knows of a row. */
const rowBytes = 300;

interface Indexed {
  readonly dir: string;
  /** For one row. */
  readonly seconds: number;
  readonly bytes: number;
}

/** Node -> what came of its sample. Asked for several times, made once. */
const samples = new WeakMap<Node<string, Services>, Promise<Indexed>>();

export const picturesEstimator: Estimator = {
  stages: ["pictures.index", "videos.index"],
  shape: (node) =>
    Promise.resolve({
      rows: picturesOf(node).names.length,
      side: picturesOf(node).clips ? videoSide : (node.config as IndexConfig).decoding.side,
      held: 0, // pixels are mapped from a file, or decoded as they are read
    }),
  async cost(node, known) {
    const rows = picturesOf(node).names.length;
    const { seconds, bytes } = await indexed(node, known);
    return { seconds: rows * seconds, memory: 0, disk: rows * (bytes + rowBytes) };
  },
  async open(node, known) {
    const { dir } = await indexed(node, known);
    return await openSource(known.engine, artifactIn(dir));
  },
};

function picturesOf(node: Node<string, Services>): Collection {
  const collection = collectionsOfNodes.get(node);
  if (collection) return collection;
  throw new Error(`Cannot estimate ${node.id}: it needs a node that indexNode() made.`);
}

function indexed(node: Node<string, Services>, known: Estimating): Promise<Indexed> {
  const made = samples.get(node) ?? indexSome(node, known);
  samples.set(node, made);
  return made;
}

async function indexSome(
  node: Node<string, Services>,
  { engine, signal, dir: folder }: Estimating,
): Promise<Indexed> {
  const collection = picturesOf(node);
  const rows = spread([...collection.names.keys()], sampled[unitOf(collection)]);
  const dir = join(folder, crypto.randomUUID());
  await Deno.mkdir(dir);
  const some = picked(collection, rows);
  const context = {
    ...{ inputs: {}, key: "", dir, signal, services: { engine } },
    progress() {},
    damaged() {},
  };
  const seconds = await secondsOf(() =>
    collection.clips
      ? indexVideos(some, 1).run({ ...context, config: node.config as VideoIndexConfig })
      : indexPictures(some, 1).run({ ...context, config: node.config as IndexConfig })
  );
  const kept = await unlessMissing(Deno.stat(join(dir, collection.clips ? keysFile : pixelsFile)));
  const bytes = kept?.size ?? 0;
  return { dir, seconds: seconds / rows.length, bytes: bytes / rows.length };
}

/** Labels and parts of a target: no time to speak of. */
export const pictureTargetEstimator: Estimator = {
  stages: ["pictures.labels", "pictures.parts"],
  shape(node) {
    const labelled = labelsOfNodes.get(node);
    if (labelled) return Promise.resolve({ classes: labelled.labels.names.length });
    const target = partsOfNodes.get(node);
    if (!target) throw new Error(`Cannot estimate ${node.id}: it needs a node of pictures.`);
    const count = (split: Split) => target.parts.filter((part) => part === split).length;
    return Promise.resolve(perSplit(count));
  },
  async cost(node, known) {
    const { rows } = await known.shapeOf(node, "data", "dataset");
    return { seconds: 0.05, memory: 0, disk: 8 * rows };
  },
};

/** `count` of all, in even steps; all where they are not more. */
export function spread<T>(all: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, all.length / count);
  return all.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

/** The sample as stages see it. */
function artifactIn(dir: string): Artifact<"dataset"> {
  return { kind: "dataset", hash: "", file: (name) => join(dir, name) };
}
