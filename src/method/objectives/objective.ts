/** What a network is trained for: one file here and one of the same name in `py/clusterfit/objectives`. */
import type { LabelsCard } from "../../data/labels.ts";
import type { NetworkCard } from "../../models/network.ts";
import type { View } from "../../models/view.ts";
import type { Node } from "../../pipeline/graph.ts";
import type { Services } from "../services.ts";

/** An objective by its name; a type, not an interface: configs are JSON. */
export type ObjectiveConfig = {
  /** Of `py/clusterfit/objectives`. */
  readonly name: string;
  /** What it takes beside labels and teachers. */
  readonly options: Readonly<Record<string, number | string | boolean>>;
};

/** A network that an objective asks and does not train. It reads the rows that the trained one reads. */
export interface Frozen {
  /** Its weights. */
  readonly network: Node<"network", Services>;
  /** How it reads rows. */
  readonly view: View;
}

/** An objective with all that it needs of the graph. */
export interface Objective extends ObjectiveConfig {
  /** Of the rows that it trains on. */
  readonly labels: readonly Node<"labels", Services>[];
  /** Whom it asks. */
  readonly teachers: readonly Frozen[];
  /** Whether it tells what was done to an image, and not what is in it: RotNet, Jigsaw (`pretext.ts`). */
  readonly pretext: boolean;
  /** How the trained network reads rows for it, where that is not how it reads them afterwards. */
  readonly view?: View;
}

/** The heads that an objective needs, in their order: name -> outputs. */
export type HeadsOf = (
  labels: readonly LabelsCard[],
  teachers: readonly NetworkCard[],
  options: ObjectiveConfig["options"],
) => Readonly<Record<string, number>>;

/** Cards of the labels that are there, one at least, each row with a single label. Throws an Error. */
export function singleLabels(cards: readonly LabelsCard[]): readonly LabelsCard[] {
  const multi = cards.find(({ kind }) => kind !== "single");
  if (multi === undefined && cards.length > 0) return cards;
  throw new Error(
    "Cannot train on these labels: it needs one label for each row, found " +
      `${multi ? `several in "${multi.title}"` : "none"}.`,
  );
}
