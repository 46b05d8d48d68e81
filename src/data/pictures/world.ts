/** A world of one's own pictures: what a run learns from, and labelled pictures that it is probed on. */
import type { Node } from "../../pipeline/graph.ts";
import type { DataServices } from "../services.ts";
import type { World } from "../world.ts";
import type { Collection } from "./collection.ts";
import { indexNode, type IndexOptions } from "./index_stage.ts";
import { sampleOf } from "./sample.ts";
import { type IndexOf, pictureTargets } from "./target.ts";
import type { TargetPlan } from "./target_plan.ts";

/** Seed of the pictures and parts that are drawn. Fixed, so that the spread over seeds is that of training alone. */
export const pictureSeed = 1;

/** How the pictures of a world are made. */
export interface PictureWorldOptions extends IndexOptions {
  /** Pictures of Dpre = Dcf, drawn by `pictureSeed`; all of them where null. */
  readonly images: number | null;
}

/** Labels for a teacher to learn are not offered: what is learned here needs none. */
export function pictureWorld(
  collection: Collection,
  targets: readonly TargetPlan[],
  { images, ...options }: PictureWorldOptions,
): World {
  const indexOf = sharedIndex(options);
  const data = indexOf(sampleOf(collection, images, pictureSeed), {
    id: "pictures",
    title: `Index ${collection.title}`,
  });
  return {
    data,
    labels: {},
    targets: pictureTargets(targets, indexOf, options.versions),
    layerwiseTarget: null,
    sources: [],
  };
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
