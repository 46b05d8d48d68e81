/** What a data set offers a run: images to learn from and targets to be probed on. */
import type { Node } from "../pipeline/graph.ts";
import type { DataServices } from "./services.ts";
import type { Target } from "./target.ts";

/** What a run asks of its data set. */
export interface WorldOptions {
  /** Rows of Dpre = Dcf. */
  readonly images: number;
  /** Pre-training is limited to what carries one of that many commonest names, and these are the hashtags;
   * all frequent names where null. */
  readonly names: number | null;
  /** Classes or kinds of image that each target draws; as many as each states itself where null. */
  readonly targetSize: number | null;
  /** Versions of the engine's packages that decide the bytes of its files. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A collection that images come from. */
export interface Source {
  /** Short, unique among them. */
  readonly name: string;
  /** As people call it. */
  readonly title: string;
  /** SPDX identifier. */
  readonly licence: string;
}

/**
 * Some rows of a world: a Dpre that is a part of Dcf.
 *
 * @internal
 */
export interface SubsetOptions {
  /** What they are labelled with: a name in the labels of the world. */
  readonly of: string;
  /** The commonest labels only, so many of them; all where null. */
  readonly labels: number | null;
  readonly rows: number;
}

/** Nodes that nothing in a graph needs are not in it: a world may offer more than a run uses. */
export interface World {
  /** How many rows `data` has, or a few more: bad pictures are found when it is made. */
  readonly rows: number;
  /** Of clips: frames of each row. */
  readonly frames?: number;
  /** Dpre = Dcf. */
  readonly data: Node<"dataset", DataServices>;
  /** Name -> labels of the rows of `data`: those that a teacher may be trained on, as they are where each row has one,
   * else by `subset`. */
  readonly labels: Readonly<Record<string, Node<"labels", DataServices>>>;
  /** Rows of `data`, each once, drawn by the seed of the data; absent where a data set does not hold its pixels. */
  readonly subset?: (
    options: SubsetOptions,
  ) => {
    readonly data: Node<"dataset", DataServices>;
    readonly labels: Node<"labels", DataServices>;
  };
  /** Target name -> target, in the order of tables. */
  readonly targets: Readonly<Record<string, Target>>;
  /** The target on which every layer is probed, where one is made for it. */
  readonly layerwiseTarget: string | null;
  /** Where the images come from. */
  readonly sources: readonly Source[];
}
