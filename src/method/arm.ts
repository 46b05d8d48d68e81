/** Arms: the networks that an experiment compares. Each kind has a file in `arms/`, which exports a function of
 * what makes it; the experiment gives the id. */
import type { View } from "../models/view.ts";
import type { Node } from "../pipeline/graph.ts";
import type { JsonObject } from "../pipeline/json.ts";
import type { Kinds, Stage } from "../pipeline/stage.ts";
import type { Role } from "../results/study.ts";
import type { Placed } from "./builder.ts";
import type { EvaluationConfig, PlacementConfig } from "./placement.ts";
import type { Services } from "./services.ts";
import type { VersionedKind, Versions } from "./versions.ts";

/** One arm at one point and one seed, as node ids and titles say it. */
export interface Place {
  /** What ids begin with: "seed-1.noise-25.npre". */
  readonly id: string;
  /** What titles end with: ", noise 25%, seed 1". */
  readonly suffix: string;
}

/** Where an arm is made. */
export interface Site {
  /** Of the arm, unique in the experiment. */
  readonly arm: string;
  /** What ids and titles call the arm here. */
  readonly at: Place;
  /** The seed of one purpose (`seedFor`); an arm's own is that of its id. */
  seedFor(purpose: string): number;
  /** The node that runs `stage` so; `id` and `title` go without what the place puts before and behind them.
   * `at`: the place that they are called by, where it is another arm's. */
  place<Config extends JsonObject, Inputs extends Kinds, Output extends string>(
    stage: Stage<Config, Inputs, Output, Services>,
    placed: Placed<Config, Inputs>,
    at?: Place,
  ): Node<Output, Services>;
  /** The version of the library that lays out a network of that architecture; none where it is ours. */
  library(arch: string): Versions;
  /** Where and by what a stage of this kind computes. */
  placement(kind: VersionedKind): PlacementConfig;
  /** Likewise for a frozen network that reads rows by `view`. */
  evaluation(kind: VersionedKind, view: View): EvaluationConfig;
  /** What clusters. */
  readonly kmeans: "faiss" | "torch";
}

/**
 * A clustering that an arm is trained on.
 *
 * @internal
 */
export interface Clustered {
  readonly labels: Node<"labels", Services>;
  readonly sheet: Node<"sheet", Services>;
}

/** An arm that stands in the graph. */
export interface MadeArm {
  /** As tables and figures call it. */
  readonly title: string;
  /** What ids and titles call it. */
  readonly place: Place;
  /** Its weights. */
  readonly network: Node<"network", Services>;
  /** How it reads rows. */
  readonly view: View;
  /** Layers that may be probed, the first to the last: the last one is the penultimate layer, whose features are
   * clustered and transferred (paper, section 3.1). */
  readonly layers: readonly string[];
  /** Whether it was trained to tell what was done to an image, and not what is in it. */
  readonly pretext: boolean;
  /** Those that it was trained on. */
  readonly clusterings: readonly Clustered[];
}

/** An arm before it has a place. */
export interface Recipe {
  /** As tables and figures call it. */
  readonly title: string;
  /** What it is, for a legend. */
  readonly about: string;
  /** What it is compared as. */
  readonly role: Role;
  /** What it learns to tell, for people; null where it is not trained here. */
  readonly task: string | null;
  /** Places its stages. */
  build(site: Site): MadeArm;
}

/** Labels that may depend on the seed of the site. */
export type LabelsAt = (site: Site) => Node<"labels", Services>;
