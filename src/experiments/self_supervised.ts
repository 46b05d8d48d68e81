/** What the experiments on self-supervision have in common, Tables 6 to 8 and Figure 4: the teachers as an axis, the
 * arms, the targets. Arms of the same name start from the same weights in all of them, so that what they share is made
 * once below one `--out`. */
import { z } from "zod";
import type { World } from "../data/world.ts";
import { npre } from "../method/arms/npre.ts";
import { npre2x } from "../method/arms/npre2x.ts";
import { checkClusters, checkLayerBudget } from "../method/check_config.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import { axis, clusterCount, experimentConfig } from "../method/config.ts";
import {
  armsOver,
  type ArmSpec,
  type PaperScale,
  type Plan,
  type Scale,
} from "../method/experiment.ts";
import { learnerOf } from "../method/training.ts";
import type { Expected } from "./claims.ts";
import { oneGpu } from "./medium.ts";
import { ncfAtEachK } from "./ncf_at_each_k.ts";
import { type Pretext, pretexts, pretextTeachers } from "./pretext.ts";

/** Keys of all of them. */
export const pretextKeys = {
  /** What Npre is trained for. */
  teacher: axis(z.enum(pretexts)).prefault([...pretexts]),
};

/** Clusters at the size of two cores, as in the default job, and at that of a GPU, as many images each. */
export const smallClusters = 500;
export const mediumClusters = 1500;

/** The keys of those whose one K is that of Table 6, unless given. */
export const pretextSchema = experimentConfig({
  ...pretextKeys,
  /** Clusters of each teacher. */
  k: axis(clusterCount).prefault(smallClusters),
});

/** The config that all of them share. */
export type PretextConfig = z.infer<typeof pretextSchema>;

/** The size that two cores run. Layers are pooled as in the paper, by what the last one has at 2 x 2 pixels; the costs
 * are those that differ (docs/EXPERIMENT.md). */
export const small: Scale["config"] = {
  ...{ images: 8000, epochs: 15, seeds: [1, 2, 3] },
  probe: { layerBudget: 512, costs: [0.01, 0.1, 1] },
};

/** The size of one GPU, likewise. */
export const medium: Scale["config"] = {
  ...{ ...oneGpu, k: [mediumClusters] },
  probe: { layerBudget: 2048, costs: [0.01, 0.1, 1] },
};

/** What all of them set and need in the paper. */
export const paperScale: PaperScale = {
  settings: [
    ["network", "ResNet-50"],
    ["images", "1,281,167 of ImageNet-1K without labels"],
    ["epochs", "105"],
    ["batch", "32 on each of 8 GPUs"],
    ["learning rate", "0.1, divided by 10 after every 30 epochs"],
    ["Jigsaw", "2,000 permutations of 9 patches"],
    ["K", "16,000"],
  ],
  needs: [
    "ImageNet-1K, VOC07, Places205 and iNaturalist 2018",
    "8 GPUs that train one network",
  ],
};

/** Throws a UserError where keys do not fit each other. */
export function checkPretext(config: PretextConfig): void {
  checkClusters(config.k, config.images);
  checkLayerBudget(config);
}

/** What all of their plans say: the teachers and K, and the best layer of each network on every target. */
export function pretextStudy(
  { teacher, k }: PretextConfig,
): Pick<Plan, "facts" | "axes" | "layerwiseTarget" | "bestLayer"> {
  return {
    facts: [["teachers", teacher.join(", ")], ["K", k.join(", ")]],
    axes: [
      { name: "teacher", title: "teacher", unit: "", values: teacher },
      { name: "k", title: "K", unit: "", values: k },
    ],
    layerwiseTarget: null,
    bestLayer: true,
  };
}

/** The arms of Table 6, of which the others take what they need. */
export function pretextArms(
  config: PretextConfig,
  world: World,
): Readonly<Record<"npre" | "npre2x" | "ncf", ArmSpec>> {
  const learner = learnerOf(config, world);
  const arm = armsOver<{ teacher: Pretext }>();
  return {
    npre: arm({
      axes: ["teacher"],
      recipe: ({ teacher }) => ({
        ...npre(pretextTeachers[teacher](learner)),
        about: "the teacher, trained on rotations or puzzles",
      }),
    }),
    npre2x: arm({
      axes: ["teacher"],
      recipe: ({ teacher }) =>
        npre2x({ ...pretextTeachers[teacher](learner), epochs: 2 * config.epochs }),
    }),
    ncf: ncfAtEachK(learner, clusteringOf(config)),
  };
}

/** The targets, in the place of the paper's ImageNet-1K, VOC07, Places205 and iNaturalist. */
export const pretextTargets = [
  ["held-out-families", "names", "undecided"],
  ["all-names", "all names of an icon", "undecided"],
  ["emoji-category", "coarse classes", "undecided"],
  ["unseen-names", "names never seen", "undecided"],
] as const satisfies readonly Expected[];
