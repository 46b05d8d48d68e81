/** What nodes of pictures were made of, for whoever estimates what they take: their configs hold hashes alone. */
import type { Collection } from "./collection.ts";
import type { TargetPlan } from "./target_plan.ts";
import type { LabelledPictures } from "./labels_stage.ts";

/** By node: the collection that it indexes. */
export const collectionsOfNodes = new WeakMap<object, Collection>();
/** By node: the pictures whose labels it makes. */
export const labelsOfNodes = new WeakMap<object, LabelledPictures>();
/** By node: the target whose parts it makes. */
export const partsOfNodes = new WeakMap<object, TargetPlan>();
