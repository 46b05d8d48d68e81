/** What an experiment is: which arms are compared, on which axes and targets, and what is claimed of them. Its
 * file in `src/experiments/` holds nothing else. */
import type { PictureWorldOptions } from "../data/pictures/world.ts";
import type { World, WorldOptions } from "../data/world.ts";
import type { Axis } from "../results/study.ts";
import type { AxisValue, Point } from "../results/point.ts";
import type { Claim } from "../results/claim.ts";
import type { FigureRequest } from "../results/figure.ts";
import type { JsonObject } from "../pipeline/json.ts";
import type { NetworkFile } from "../models/network_file.ts";
import type { MadeArm, Recipe } from "./arm.ts";
import type { MethodConfig } from "./config.ts";
import type { ConfigSchema } from "./parse_config.ts";

/**
 * An arm at these values of some of its axes.
 *
 * @internal
 */
export interface ArmAt {
  /** Its id. */
  readonly arm: string;
  /** Axis -> value. */
  readonly at: Point;
}

/** One arm of an experiment: made at each point of its own axes and those of the arms that it stands on. */
export interface ArmSpec {
  /** Ids of the arms that it stands on. */
  readonly on: readonly string[];
  /** Names of its own axes. */
  readonly axes: readonly string[];
  /** Others that it stands on at one value of an axis, by names of its own: one arm for two teachers. */
  readonly onAt?: Readonly<Record<string, ArmAt>>;
  /** What it is at one point, on the arms that stand there. */
  recipe(
    at: Readonly<Record<string, AxisValue>>,
    on: Readonly<Record<string, MadeArm>>,
  ): Recipe;
}

/**
 * Makes arm specs for axes of these names and values: a recipe sees the axes that it declares, and no other.
 *
 * @example Two arms, one of them for each K
 * ```ts
 * import { armsOver, type Learner, ncf, npre, rotation } from "clusterfit";
 *
 * const arm = armsOver<{ k: number }>();
 * const arms = (learner: Learner) => ({
 *   npre: arm({
 *     recipe: () => npre({ ...learner, kind: "RotNet", task: "rotations", objective: rotation }),
 *   }),
 *   ncf: arm({
 *     on: ["npre"],
 *     axes: ["k"],
 *     recipe: ({ k }, { npre }) =>
 *       ncf({ ...learner, teachers: [npre], layer: "res5", k, iterations: 20, normalise: true }),
 *   }),
 * });
 * console.log(arms({} as Learner).ncf.axes); // [ "k" ]
 * ```
 */
export function armsOver<Values extends Readonly<Record<string, AxisValue>>>(): ArmMaker<Values> {
  return (spec) => ({
    on: spec.on ?? [],
    axes: spec.axes ?? [],
    ...(spec.onAt && { onAt: spec.onAt }),
    recipe: (at, on) =>
      spec.recipe(at as Parameters<typeof spec.recipe>[0], on as Parameters<typeof spec.recipe>[1]),
  });
}

/**
 * Makes one arm spec.
 *
 * @internal
 */
export type ArmMaker<Values> = <
  const On extends string = never,
  const Name extends keyof Values & string = never,
  const OnAt extends string = never,
>(
  spec: {
    readonly on?: readonly On[];
    readonly axes?: readonly Name[];
    readonly onAt?: Readonly<Record<OnAt, ArmAt>>;
    recipe(at: Pick<Values, Name>, on: Readonly<Record<On | OnAt, MadeArm>>): Recipe;
  },
) => ArmSpec;

/** What an experiment does with one config. */
export interface Plan {
  /** Of a run. */
  readonly title: string;
  /** Name and value of what describes it at a glance, beside images, epochs and seeds. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** What differs between arms, with its values. */
  readonly axes: readonly Axis[];
  /** By id; an arm stands behind those that it stands on. */
  readonly arms: Readonly<Record<string, ArmSpec>>;
  /** Names of targets of the world. */
  readonly targets: readonly string[];
  /** The target on which every layer is probed; null for the last layer alone. */
  readonly layerwiseTarget: string | null;
  /** Whether every layer is probed on every target, and tables and claims speak of the best one of each network by
   * validation rows, not of the last one; not unless given. */
  readonly bestLayer?: true;
  /** Which they are where every layer is probed; those that features may be clustered of unless given. */
  readonly layers?: readonly string[];
  /** Whether the features of the data set itself are measured, too, for which no labels are needed. */
  readonly labelFree?: boolean;
  /** Written before the run. */
  readonly claims: readonly Claim[];
  /** Figures of the paper to be drawn from the results. */
  readonly figures: readonly FigureRequest[];
  /** Tables of the paper to stand beside the results. */
  readonly paper: readonly string[];
}

/** A size of an experiment that can be run. */
export interface Scale {
  /** What it sets, over the defaults: keys and values. */
  readonly config: JsonObject;
  /** What it takes, for people: "75 minutes on two cores". */
  readonly takes: string;
}

/** The size of the paper, where it is beyond one device or its data are not public: it is stated, not run. */
export interface PaperScale {
  /** What it set: "network" and "ResNet-50". */
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** What it needs: "1 billion images with hashtags (IG-ImageNet-1B)". */
  readonly needs: readonly string[];
}

/** A pre-trained network as a config names it. */
export interface NetworkAsked {
  /** See docs/NETWORKS.md. */
  readonly spec: string;
  /** How it reads images, where its own weights do not say; null: as they say. */
  readonly preprocessing: string | null;
}

/** Pictures as a config names them. */
export interface PicturesAsked {
  /** Name of a target -> labelled pictures. */
  readonly targets: Readonly<Record<string, string>>;
  /** Seconds between two frames of a video. */
  readonly interval: number;
  /** Whether rows are whole videos, of which clips are read; pictures and frames unless given. */
  readonly clips?: boolean;
  /** Whether data sets of the paper may be other in size than they are there. */
  readonly subset: boolean;
  /** Whether what a target validates or tests on is left out of what is learned from; not unless given. */
  readonly holdOut?: boolean;
  /** How they are decoded and kept. */
  readonly options: Omit<PictureWorldOptions, "versions">;
}

/** An experiment: which arms are compared, on which axes and targets, and what is claimed. */
export interface Experiment<Config extends MethodConfig = MethodConfig> {
  /** As the command line calls it. */
  readonly name: string;
  /** One line for a list. */
  readonly about: string;
  /** Checks and completes what its user gives. */
  readonly schema: ConfigSchema<Config>;
  /** By name; empty where there is one size only. */
  readonly scales: Readonly<Record<string, Scale>>;
  /** What `--scale paper` states; none unless given. */
  readonly paperScale?: PaperScale;
  /** What run ids begin with. */
  prefix(config: Config): string;
  /** Throws a UserError where the keys of a config do not fit each other. */
  check(config: Config): void;
  /** How a data set of the catalogue is to be made. */
  world(config: Config): Pick<WorldOptions, "names" | "images">;
  /** Pre-trained networks that it stands on, by a name of its own; none unless given. */
  networks?(config: Config): Readonly<Record<string, NetworkAsked>>;
  /** Pictures of the user's own, also those of targets; none unless given. */
  pictures?(config: Config, networks: Readonly<Record<string, NetworkFile>>): PicturesAsked;
  /** `networks`: those of that function, obtained. */
  plan(config: Config, world: World, networks: Readonly<Record<string, NetworkFile>>): Plan;
}
