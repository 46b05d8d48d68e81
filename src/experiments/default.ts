/**
 * The default job: the whole method on icons (paper, Figure 2 and Tables 4 and 6).
 *
 *     deno task clusterfit
 *     deno task clusterfit --seeds 1,2,3
 *
 * 2.5 to 4 minutes a seed on two cores with bfloat16, 4 to 8 without. Expect, over three seeds, that Ncf is
 * above Npre and Npre 2x on all four targets, by 2 to 7 points (the README has the table).
 */
import { z } from "zod";
import { npre, type PretrainedOptions } from "../method/arms/npre.ts";
import { npre2x } from "../method/arms/npre2x.ts";
import { checkClusters, checkLayerBudget, checkTeacherOf } from "../method/check_config.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import { axis, clusterCount, experimentConfig } from "../method/config.ts";
import { armsOver, type Experiment } from "../method/experiment.ts";
import { type Learner, learnerOf } from "../method/training.ts";
import type { World } from "../data/world.ts";
import { hashtagTeacher } from "./hashtags.ts";
import { ncfAtEachK } from "./ncf_at_each_k.ts";
import { pretextTeachers } from "./pretext.ts";

/** Names of the teachers that icons have. */
export const iconTeachers = ["rotnet", "jigsaw", "hashtags"] as const;

/** Its keys, beside those that all experiments have. */
const schema = experimentConfig({
  /** What Npre is trained on: 4-way rotation or puzzles (paper, section 4.2), or one noisy name tag
   * (section 4.1). */
  teacher: z.enum(iconTeachers).default("rotnet"),
  /** Clusters. */
  k: axis(clusterCount).prefault(500),
});

/**
 * What the schema gives.
 *
 * @internal
 */
type Parsed = z.infer<typeof schema>;

/** The config of the default experiment, defaults filled in. */
export type DefaultConfig = Parsed;
/**
 * What its user may set of it.
 *
 * @internal
 */
export type DefaultSettings = z.input<typeof schema>;

/** What networks of the icon world are probed on. */
export const iconTargetNames = [
  "held-out-families",
  "unseen-names",
  "emoji-identity",
  "emoji-category",
] as const;

/** What makes each teacher, and where the paper has such a one. */
const teachers: Readonly<
  Record<
    DefaultConfig["teacher"],
    {
      readonly paper: string;
      teacher(learner: Learner, world: World): PretrainedOptions;
    }
  >
> = {
  rotnet: { paper: "table6", teacher: pretextTeachers.RotNet },
  jigsaw: { paper: "table6", teacher: pretextTeachers.Jigsaw },
  hashtags: { paper: "table4", teacher: hashtagTeacher },
};

/**
 * The experiment of `deno task clusterfit`.
 *
 * @example Its defaults
 * ```ts
 * import { defaultExperiment, parseConfig } from "clusterfit";
 *
 * const { images, k, seeds } = parseConfig(defaultExperiment.schema, {});
 * console.log(images, k, seeds); // 10000 [ 500 ] [ 0 ]
 * ```
 */
export const defaultExperiment: Experiment<DefaultConfig> = {
  name: "default",
  about: "RotNet or hashtags -> clusters -> a new network, on icons",
  schema,
  scales: {},
  prefix: ({ teacher }) => teacher,
  check: (config) => {
    checkClusters(config.k, config.images);
    checkLayerBudget(config);
    checkTeacherOf(config);
  },
  world: ({ images }) => ({ names: null, images }),
  plan(config, world) {
    const { epochs } = config;
    const { paper, teacher: teacherOf } = teachers[config.teacher];
    const learner = learnerOf(config, world);
    const teacher = teacherOf(learner, world);
    const arm = armsOver();
    return {
      title: `ClusterFit from a ${teacher.kind} teacher`,
      facts: [["teacher", config.teacher], ["K", config.k.join(", ")]],
      axes: [{ name: "k", title: "K", unit: "", values: config.k }],
      arms: {
        npre: arm({ recipe: () => npre(teacher) }),
        npre2x: arm({ recipe: () => npre2x({ ...teacher, epochs: 2 * epochs }) }),
        ncf: ncfAtEachK(learner, clusteringOf(config, world.labels)),
      },
      targets: config.data === "icons" ? iconTargetNames : Object.keys(world.targets),
      layerwiseTarget: world.layerwiseTarget,
      claims: [],
      figures: [],
      paper: config.data === "icons" ? [paper] : [],
    };
  },
};
