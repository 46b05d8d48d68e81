/** What an experiment is: which arms are compared, on which axes and targets, and what is claimed of them. Its
 * file in `src/experiments/` holds nothing else. */
import type { World, WorldOptions } from "../data/world.ts";
import type { Axis } from "../results/study.ts";
import type { AxisValue } from "../results/point.ts";
import type { Claim } from "../results/claim.ts";
import type { FigureRequest } from "../results/figure.ts";
import type { JsonObject } from "../pipeline/json.ts";
import type { NetworkFile } from "../models/network_file.ts";
import type { MadeArm, Recipe } from "./arm.ts";
import type { MethodConfig } from "./config.ts";
import type { ConfigSchema } from "./parse_config.ts";

/** One arm of an experiment: made at each point of its own axes and those of the arms that it stands on. */
export interface ArmSpec {
  readonly on: readonly string[];
  readonly axes: readonly string[];
  recipe(
    at: Readonly<Record<string, AxisValue>>,
    on: Readonly<Record<string, MadeArm>>,
  ): Recipe;
}

/** Makes arm specs for axes of these names and values: a recipe sees the axes that it declares, and no other. */
export function armsOver<Values extends Readonly<Record<string, AxisValue>>>() {
  return <const On extends string = never, const Name extends keyof Values & string = never>(
    spec: {
      readonly on?: readonly On[];
      readonly axes?: readonly Name[];
      recipe(at: Pick<Values, Name>, on: Readonly<Record<On, MadeArm>>): Recipe;
    },
  ): ArmSpec => ({
    on: spec.on ?? [],
    axes: spec.axes ?? [],
    recipe: (at, on) => spec.recipe(at as Pick<Values, Name>, on as Record<On, MadeArm>),
  });
}

/** What an experiment does with one config. */
export interface Plan {
  readonly title: string;
  /** Name and value of what describes it at a glance, beside images, epochs and seeds. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly axes: readonly Axis[];
  /** By id; an arm stands behind those that it stands on. */
  readonly arms: Readonly<Record<string, ArmSpec>>;
  /** Names of targets of the world. */
  readonly targets: readonly string[];
  /** The target on which every layer is probed; null for the last layer alone. */
  readonly layerwiseTarget: string | null;
  /** Written before the run. */
  readonly claims: readonly Claim[];
  /** Figures of the paper to be drawn from the results. */
  readonly figures: readonly FigureRequest[];
  /** Tables of the paper to stand beside the results. */
  readonly paper: readonly string[];
}

/** What a size of an experiment sets, over the defaults. */
export interface Scale {
  readonly config: JsonObject;
  /** What it takes, for people: "75 minutes on two cores". */
  readonly takes: string;
}

export interface Experiment<Config extends MethodConfig = MethodConfig> {
  readonly name: string;
  /** One line for a list. */
  readonly about: string;
  readonly schema: ConfigSchema<Config>;
  /** By name; empty where there is one size only. */
  readonly scales: Readonly<Record<string, Scale>>;
  /** What run ids begin with. */
  prefix(config: Config): string;
  /** Throws a UserError where the keys of a config do not fit each other. */
  check(config: Config): void;
  /** How a data set of the catalogue is to be made. */
  world(config: Config): Pick<WorldOptions, "names" | "images">;
  /** Pre-trained networks that it stands on, as their user names them, by a name of its own; none unless given. */
  networks?(config: Config): Readonly<Record<string, string>>;
  /** `networks`: those of that function, obtained. */
  plan(config: Config, world: World, networks: Readonly<Record<string, NetworkFile>>): Plan;
}
