/**
 * Table 4, weakly supervised images (paper, section 4.1.1): a teacher of hashtags, longer training, distillation and
 * prototypes beside ClusterFit at several K.
 *
 *     deno task reproduce table4 --scale small
 *
 * What is expected of each claim comes from the hashtag teacher of docs/EXPERIMENT.md: one search seed, validation rows.
 */
import type { z } from "zod";
import { checkClusters } from "../method/check_config.ts";
import { axis, clusterCount, experimentConfig } from "../method/config.ts";
import type { Experiment } from "../method/experiment.ts";
import { hashtagsOf } from "../method/label_sources.ts";
import { learnerOf } from "../method/training.ts";
import type { Claim } from "../results/claim.ts";
import { above, rising } from "./claims.ts";
import { hashtagTeacher, weakTargets } from "./hashtags.ts";
import { oneGpu } from "./medium.ts";
import { weakArms } from "./weak_arms.ts";

/** Its keys, beside those that all experiments have. */
const schema = experimentConfig({
  /** Clusters. */
  k: axis(clusterCount).prefault([250, 500, 1000]),
});

export type Table4Config = z.infer<typeof schema>;

export const table4: Experiment<Table4Config> = {
  name: "table4",
  about:
    "weak supervision: hashtags, longer training, distillation, prototypes, K (paper, Table 4)",
  schema,
  scales: {
    small: {
      config: { images: 10_000, epochs: 15, seeds: [1, 2, 3] },
      takes: "21 networks of 150,000 images each, one in seven twice as long",
    },
    medium: {
      config: { ...oneGpu, k: [600, 1200, 2400] },
      takes: "21 networks of 1,440,000 images, one in seven 2x: 40 min on one H200, computed",
    },
  },
  paperScale: {
    settings: [
      ["network", "ResNet-50"],
      ["images", "2 billion, of 1 billion with 1,500 hashtags"],
      ["batch", "4,096"],
      ["learning rate", "1.6, halved at 13 equal steps"],
      ["K", "up to 30,000"],
    ],
    needs: [
      "IG-ImageNet-1B, which is not public",
      "ImageNet-1K, ImageNet-9K, Places365 and iNaturalist 2018",
      "128 GPUs on 16 machines",
    ],
  },
  prefix: () => "table4",
  check: ({ k, images }) => checkClusters(k, images),
  world: ({ images }) => ({ names: null, images }),
  plan(config, world) {
    const learner = learnerOf(config, world);
    const hashtags = hashtagsOf(world);
    const teacher = hashtagTeacher(learner, world);
    return {
      title: "Table 4: weakly supervised images",
      facts: [["teacher", "hashtags"], ["K", config.k.join(", ")]],
      axes: [{ name: "k", title: "K", unit: "", values: config.k }],
      arms: weakArms(config, { learner, teacher, labels: hashtags }),
      targets: weakTargets.map(([name]) => name),
      layerwiseTarget: null,
      claims: claimsOf(config),
      figures: [],
      paper: ["table4-all"],
    };
  },
};

/** What the paper says of its Table 4. */
function claimsOf({ k }: Table4Config): Claim[] {
  const most = { k: k.at(-1)! };
  const [[aligned, taught], [finer, fine], ...others] = weakTargets;
  const beyond = weakTargets.slice(1);
  return [
    ...above({
      id: "aligned",
      text: "Npre is above Ncf at the largest K",
      paper: "ImageNet-1K: 78.0 against 76.2 at the largest K: “hand-crafted label alignment”",
      ...{ better: "npre", worse: "ncf", at: most },
      targets: [[aligned, taught, "holds"]],
    }),
    ...above({
      id: "wins",
      text: "Ncf is above Npre at the largest K",
      paper: "“Substantial gains over the strong Npre model especially on fine-grained datasets”",
      ...{ better: "ncf", worse: "npre", at: most },
      targets: [[finer, fine, "holds"], ...others],
    }),
    ...above({
      id: "longer",
      text: "Ncf is above Npre 2x at the largest K",
      paper:
        "“Longer pre-training yields no benefit” on Places365; elsewhere it gains less than Ncf",
      ...{ better: "ncf", worse: "npre2x", at: most },
      targets: beyond,
    }),
    ...above({
      id: "distilled",
      text: "Npre is above its distillation",
      paper: "Distillation “performs worse than Npre itself”",
      ...{ better: "npre", worse: "distilled" },
      targets: weakTargets,
    }),
    ...above({
      id: "prototype",
      text: "Prototype is above Npre",
      paper:
        "“Except on ImageNet-1K, the prototype baseline shows improvement over both Npre and Npre 2x”",
      ...{ better: "prototype", worse: "npre" },
      targets: beyond,
    }),
    ...above({
      id: "unlabelled",
      text: "Ncf is above Prototype at the largest K",
      paper:
        "“Ncf shows improved performance than ‘prototype,’ yet does not use any additional supervision”",
      ...{ better: "ncf", worse: "prototype", at: most },
      targets: beyond,
    }),
    ...rising({
      id: "rises",
      text: `From K = ${k[0]} to K = ${k.at(-1)} transfer rises`,
      paper: "ImageNet-9K and iNaturalist gain “at higher values of K”",
      ...{ arm: "ncf", axis: "k" },
      targets: weakTargets,
    }),
  ];
}
