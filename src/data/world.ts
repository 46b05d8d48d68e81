/** What a data set offers a run: pictures to learn from and targets to be probed on. */
import type { Node } from "../pipeline/graph.ts";
import type { DataServices } from "./services.ts";

export interface WorldOptions {
  /** Pictures in Dpre = Dcf. */
  readonly images: number;
  /** Classes or kinds of picture that each target draws; all of them unless given. */
  readonly targetSize?: number;
  /** Versions of the engine's packages that decide the bytes of its files. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A collection that pictures come from. */
export interface Source {
  readonly name: string;
  readonly title: string;
  /** SPDX identifier. */
  readonly licence: string;
}

export interface World {
  readonly images: Node<"images", DataServices>;
  /** Target name -> its labelled pictures, in the order of the result table. */
  readonly targets: Readonly<Record<string, Node<"target", DataServices>>>;
  /** The target on which every layer is probed. */
  readonly layerwiseTarget: string;
  readonly sources: readonly Source[];
}
