/** What nodes of pictures were made of, for whoever estimates what they take: their configs hold hashes alone. */
import type { Collection } from "./collection.ts";
import type { TargetPlan } from "./target_plan.ts";

/** By node: the collection that it indexes. */
export const collectionsOfNodes = new WeakMap<object, Collection>();
/** By node: the target whose labels or parts it makes. */
export const targetsOfNodes = new WeakMap<object, TargetPlan>();
