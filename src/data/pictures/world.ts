/** A world of one's own pictures: what a run learns from, and labelled pictures that it is probed on. */
import { type Node, node } from "../../pipeline/graph.ts";
import type { DataServices } from "../services.ts";
import type { World } from "../world.ts";
import type { Collection } from "./collection.ts";
import { labelPictures, labelsConfig } from "./labels_stage.ts";
import { labelsOfNodes } from "./made_of.ts";
import { indexNode, type IndexOptions } from "./index_stage.ts";
import { sampleOf } from "./sample.ts";
import { overlapNode } from "./overlap_stage.ts";
import { type IndexOf, pictureTargets } from "./target.ts";
import type { TargetPlan } from "./target_plan.ts";

/** Seed of the pictures and parts that are drawn. Fixed, so that the spread over seeds is that of training alone. */
export const pictureSeed = 1;

/** How the pictures of a world are made. */
export interface PictureWorldOptions extends IndexOptions {
  /** Pictures of Dpre = Dcf, drawn by `pictureSeed`; all of them where null. */
  readonly images: number | null;
}

/** `labels.own`: those of the pictures themselves, where each has one. */
export function pictureWorld(
  collection: Collection,
  targets: readonly TargetPlan[],
  { images, ...options }: PictureWorldOptions,
): World {
  const indexOf = sharedIndex(options);
  const sample = sampleOf(collection, images, pictureSeed);
  const data = indexOf(sample, {
    id: "pictures",
    title: `Index ${collection.title}`,
  });
  const made = pictureTargets(targets, indexOf, options.versions);
  const counted = targets.map((plan) => {
    const target = made[plan.name]!;
    const overlap = overlapNode(plan, data, target, options.versions);
    return [plan.name, { ...target, overlap }] as const;
  });
  return {
    rows: sample.names.length,
    data,
    labels: ownLabels(sample, data, options.versions),
    targets: Object.fromEntries(counted),
    layerwiseTarget: null,
    sources: [],
  };
}

function ownLabels(
  collection: Collection,
  data: Node<"dataset", DataServices>,
  versions: Readonly<Record<string, string>>,
): World["labels"] {
  const { labels, title } = collection;
  if (labels?.kind !== "single") return {};
  const named = { name: "labels", collection, labels };
  const own = node(labelPictures(named), {
    id: "pictures.labels",
    title: `Label ${title}`,
    config: labelsConfig(named, versions),
    inputs: { data },
  });
  labelsOfNodes.set(own, named);
  return { own };
}

/** Makes the index of each collection once, under the first id that it is asked for: a target may be the pictures
 * that a run learns from, and targets may share theirs. */
export function sharedIndex(options: IndexOptions): IndexOf {
  const made = new Map<string, Node<"dataset", DataServices>>();
  return (collection, at) => {
    const node = indexNode(collection, options, at);
    const key = JSON.stringify(node.config);
    const known = made.get(key) ?? node;
    made.set(key, known);
    return known;
  };
}
