/** What a collection becomes as a target: labels and parts for every picture, checked before anything runs. */
import { UserError } from "../../pipeline/errors.ts";
import { perSplit, type Split, splits } from "../split.ts";
import type { Collection, PictureLabels } from "./collection.ts";
import { someOf } from "./notes.ts";
import { type Labelled, targetParts } from "./target_parts.ts";

export interface TargetPlan {
  readonly name: string;
  readonly collection: Collection;
  /** Of each picture. */
  readonly labels: PictureLabels;
  readonly parts: readonly Split[];
  /** What was drawn or left out, for people. */
  readonly notes: readonly string[];
}

/** Pictures of each part that a tag needs: an average precision over fewer says little. */
const positivesMinimum = 3;

/** Throws a UserError where the collection has no labels, or they cannot be probed on. `seed`: of the parts that it
 * has not itself. */
export function planTarget(name: string, collection: Collection, seed: number): TargetPlan {
  if (!isLabelled(collection)) {
    const found = [collection.given, ...collection.notes].join("; ");
    throw new UserError(
      `Cannot probe on "${name}": it needs labels, found none in ${found}. Put the pictures of each class ` +
        "into a folder of its own, or give a table with a column label.",
    );
  }
  const { parts, note } = targetParts(collection, seed);
  const { labels, notes } = commonTags(collection.labels, parts);
  checkTarget(name, labels, parts);
  return { name, collection, labels, parts, notes: [note, ...notes] };
}

function isLabelled(collection: Collection): collection is Labelled {
  return collection.labels !== null;
}

/** Throws a UserError where a part is empty, or tests what was never trained on. `labels` and `parts`: of the same
 * rows. */
export function checkTarget(name: string, labels: PictureLabels, parts: readonly Split[]): void {
  const counts = perSplit((split) => parts.filter((part) => part === split).length);
  const empty = splits.find((split) => counts[split] === 0);
  if (empty !== undefined) {
    throw new UserError(
      `Cannot probe on "${name}": it needs pictures in each part, found none for ${empty}. Add some.`,
    );
  }
  if (labels.kind === "multi") {
    if (labels.names.length > 0) return;
    throw new UserError(
      `Cannot probe on "${name}": it needs tags that ${positivesMinimum} pictures of each part carry, found ` +
        "none. Add pictures, or merge tags.",
    );
  }
  const trained = new Set(labels.labels.filter((_, row) => parts[row] === "train"));
  const classes = (some: Iterable<number>) =>
    someOf([...some].map((label) => labels.names[label]!));
  if (trained.size < 2) {
    throw new UserError(
      `Cannot probe on "${name}": it needs two classes at least, found ${
        classes(trained)
      } alone. Give ` +
        "pictures of others too.",
    );
  }
  const untrained = new Set(labels.labels.filter((label) => !trained.has(label)));
  if (untrained.size > 0) {
    const found = `${untrained.size} (${classes(untrained)})`;
    throw new UserError(
      `Cannot probe on "${name}": it needs pictures to train on of every class, found classes in the ` +
        `validation or test part alone: ${found}. Add such pictures to the train part, or leave these ` +
        "classes out.",
    );
  }
}

/** Tags that enough pictures of each part carry; classes stay as they are. */
function commonTags(
  labels: PictureLabels,
  parts: readonly Split[],
): { readonly labels: PictureLabels; readonly notes: readonly string[] } {
  if (labels.kind === "single") return { labels, notes: [] };
  const counts = labels.names.map(() => perSplit(() => 0));
  labels.labels.forEach((ofOne, row) => {
    for (const label of ofOne) counts[label]![parts[row]!]++;
  });
  const common = counts.map((count) => splits.every((split) => count[split] >= positivesMinimum));
  const names = labels.names.filter((_, label) => common[label]);
  const rare = labels.names.filter((_, label) => !common[label]);
  const indices = new Map(names.map((name, index) => [name, index]));
  const kept = (all: readonly (readonly number[])[]) =>
    all.map((ofOne) => ofOne.flatMap((label) => indices.get(labels.names[label]!) ?? []));
  return {
    labels: {
      kind: "multi",
      names,
      labels: kept(labels.labels),
      ...(labels.difficult && { difficult: kept(labels.difficult) }),
    },
    notes: rare.length === 0 ? [] : [
      `left out, tags that fewer than ${positivesMinimum} pictures of a part carry: ${rare.length} ` +
      `(${someOf(rare)})`,
    ],
  };
}
