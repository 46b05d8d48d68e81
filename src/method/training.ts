/** What all arms that are trained here have in common. */
import type { World } from "../data/world.ts";
import { layersOf, readsClips, smallArchitectures, widthOf } from "../models/architectures.ts";
import type { Backbone } from "../models/network.ts";
import type { View } from "../models/view.ts";
import { UserError } from "../pipeline/errors.ts";
import type { Node } from "../pipeline/graph.ts";
import type { MadeArm, Site } from "./arm.ts";
import { viewOf } from "./clip_settings.ts";
import type { MethodConfig } from "./config.ts";
import type { Objective } from "./objectives/objective.ts";
import type { Services } from "./services.ts";
import { train } from "./stages/train.ts";
import { settingsOf, type TrainingSettings } from "./training_settings.ts";

/** A network to be trained, whatever for. */
export interface Learner {
  /** What is built. */
  readonly backbone: Backbone;
  /** How it reads rows. */
  readonly view: View;
  /** What it is trained on: Dpre or Dcf. */
  readonly data: Node<"dataset", Services>;
  /** Passes over the rows. */
  readonly epochs: number;
  /** Hyper-parameters. */
  readonly training: TrainingSettings;
}

/**
 * What the config of an experiment says of its networks, which read Dpre = Dcf by `view`.
 *
 * @example In the plan of an experiment
 * ```ts
 * import { catalogue, defaultExperiment, learnerOf, parseConfig } from "clusterfit";
 *
 * const config = parseConfig(defaultExperiment.schema, { images: 1000, epochs: 3 });
 * const versions = { safetensors: "0.8.0" };
 * const world = catalogue.icons({ images: 1000, names: null, targetSize: null, versions });
 * console.log(learnerOf(config, world).epochs); // 3
 * ```
 */
export function learnerOf(
  config: MethodConfig,
  world: World,
  view = viewOf(world, config.clips),
): Learner {
  const { arch, epochs } = config;
  const { data, rows } = world;
  return {
    backbone: { arch, width: widthOf(config) },
    view,
    data,
    epochs,
    training: settingsOf(config, view, rows),
  };
}

/**
 * Trains `learner` from scratch for `objective`, from the weights of the arm's own seed; gives what an arm is made
 * of beside its title and clusterings. Of several clips of a row that features are averaged over, training reads one.
 * Throws a UserError where the network reads stills and the rows are clips, or the other way round.
 *
 * @example An arm that was never trained
 * ```ts
 * import { type Learner, type Recipe, rotation, trained } from "clusterfit";
 *
 * const untrained = (learner: Learner): Recipe => ({
 *   title: "Untrained",
 *   about: "random weights",
 *   role: "control",
 *   task: null,
 *   build: (site) => ({
 *     title: "Untrained",
 *     ...trained(site, "Draw weights", { ...learner, epochs: 0 }, rotation()),
 *     clusterings: [],
 *   }),
 * });
 * console.log(untrained({} as Learner).role); // control
 * ```
 */
export function trained(
  site: Site,
  title: string,
  { backbone, view, data, epochs, training }: Learner,
  { name, options, labels, teachers, pretext, view: trainedBy = view }: Objective,
): Pick<MadeArm, "place" | "network" | "view" | "layers" | "pretext"> {
  checkReads(backbone, view);
  const numbered = <N>(prefix: string, nodes: readonly N[]) =>
    Object.fromEntries(nodes.map((node, at) => [`${prefix}.${at}`, node]));
  const placement = site.placement("training");
  const network = site.place(train, {
    id: "",
    title,
    config: {
      ...backbone,
      ...placement,
      versions: { ...placement.versions, ...site.library(backbone.arch) },
      view: oneClip(trainedBy),
      epochs,
      training,
      seed: site.seedFor(site.arm),
      objective: { name, options },
      teacherViews: teachers.map(({ view }) => oneClip(view)),
    },
    inputs: {
      data,
      ...numbered("labels", labels),
      ...numbered("teacher", teachers.map(({ network }) => network)),
    },
  });
  return { place: site.at, network, view, layers: layersOf(backbone), pretext };
}

const oneClip = (view: View): View => ({ ...view, clips: 1 });

function checkReads({ arch }: Backbone, { frames }: View): void {
  const clips = frames !== null;
  if (readsClips(arch) === clips) return;
  const [rows, needed] = clips ? ["clips", "pictures"] : ["pictures", "clips"];
  const small = smallArchitectures.find((known) => readsClips(known) === clips);
  throw new UserError(
    `Cannot train ${arch} on ${rows}: it needs ${needed}. ` +
      `Take --arch ${small}, or another network of ${rows}.`,
  );
}
