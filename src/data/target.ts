/** A target: a labelled dataset that frozen features are transferred to (paper, section 4). */
import type { Node } from "../pipeline/graph.ts";
import type { DataServices } from "./services.ts";

/** A target, as nodes of a graph. */
export interface Target {
  /** Unique among the targets of its world: "emoji-identity". */
  readonly name: string;
  /** As tables and figures call it. */
  readonly title: string;
  /** A metric of the engine: "top-1" for single labels, "mAP" for multi labels. */
  readonly metric: string;
  /** A probe of the engine: "logistic" for single labels, "one-vs-rest" for multi labels. */
  readonly probe: string;
  /** Passes over its training rows that the paper's SGD makes: 28 on ImageNet-1K, 14 on Places205, 84 on
   * iNaturalist (supplement D); 28 unless given. */
  readonly probeEpochs?: number;
  /** The rows of all parts: targets may share them. */
  readonly data: Node<"dataset", DataServices>;
  /** Side in pixels at which rows of several sizes are read by a network that otherwise reads rows as they are stored;
   * absent where all rows have one size. */
  readonly readAt?: number;
  /** What the rows are labelled with. */
  readonly labels: Node<"labels", DataServices>;
  /** Which rows are trained on, chosen by and tested on. */
  readonly parts: Node<"parts", DataServices>;
  /** How many pictures of its test part are among those that a run learns from; absent where nobody can tell by
   * their content. */
  readonly overlap?: Node<"overlap", DataServices>;
}
