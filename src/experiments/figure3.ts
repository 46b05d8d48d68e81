/**
 * Figure 3, the control experiment (paper, section 3.2): label noise x K x targets, with distillation beside it.
 *
 *     deno task reproduce figure3 --scale small
 *
 * The size of "small" and what is expected of each claim come from search seeds (docs/EXPERIMENT.md), before the
 * seeds of the experiment were run.
 */
import { z } from "zod";
import { distilled } from "../method/arms/distilled.ts";
import { npre } from "../method/arms/npre.ts";
import { checkClusters } from "../method/check_config.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import { axis, clusterCount, experimentConfig } from "../method/config.ts";
import { armsOver, type Experiment } from "../method/experiment.ts";
import { hashtagsOf, withNoise } from "../method/label_sources.ts";
import { paperDistillation } from "../method/objectives/distillation.ts";
import { labels } from "../method/objectives/labels.ts";
import { learnerOf } from "../method/training.ts";
import type { Claim } from "../results/claim.ts";
import { above, type Expected, fallingMore, rising } from "./claims.ts";
import { oneGpu } from "./medium.ts";
import { ncfAtEachK } from "./ncf_at_each_k.ts";

/** Its keys, beside those that all experiments have. */
const schema = experimentConfig({
  /** Of the labels of Dpre, percent: replaced by other classes. */
  noise: axis(
    z.number().min(0).max(100)
      .refine(
        (percent) => percent === 0 || percent >= 1,
        "it needs percent: 50 for half of the labels",
      ),
  ).prefault([0, 25, 50, 75]),
  /** Clusters. */
  k: axis(clusterCount).prefault([100, 300, 900]),
  /** Classes of Dpre: the commonest names. */
  names: z.int().min(2).default(100),
  distillation: z.strictObject({
    temperature: z.number().positive().default(paperDistillation.temperature),
    /** Weight of the teacher's answers; the rest is that of the labels. */
    alpha: z.number().min(0).max(1).default(paperDistillation.alpha),
  }).prefault({}),
});

export type Figure3Config = z.infer<typeof schema>;
/**
 * What the schema takes.
 *
 * @internal
 */
type Settings = z.input<typeof schema>;

/** What its user may set of it. */
export type Figure3Settings = Settings;

/** The paper's three: the same classes, finer ones, others (ImageNet-1K, ImageNet-9K, iNaturalist). */
const targets = ["aligned-names", "emoji-identity", "unseen-names"] as const;

export const figure3: Experiment<Figure3Config> = {
  name: "figure3",
  about: "label noise x K x targets, with distillation (paper, section 3.2)",
  schema,
  scales: {
    small: {
      config: { images: 8700, epochs: 24, seeds: [1, 2, 3] },
      takes: "60 networks of 208,800 images each: 25 to 100 minutes on two cores",
    },
    medium: {
      config: { ...oneGpu, images: 22_000, k: [250, 750, 2250] },
      takes: "60 networks of 1,320,000 images each: 1.5 h on one H200, computed",
    },
  },
  paperScale: {
    settings: [
      ["network", "ResNet-50"],
      ["images", "1,281,167 of ImageNet-1K"],
      ["label noise", "0, 25, 50, 75%"],
    ],
    needs: [
      "ImageNet-1K",
      "ImageNet-9K",
      "iNaturalist 2018",
      "several GPUs that train one network",
    ],
  },
  prefix: () => "figure3",
  check: ({ k, images }) => checkClusters(k, images),
  world: ({ names, images }) => ({ names, images }),
  plan(config, world) {
    const learner = learnerOf(config, world);
    const names = hashtagsOf(world);
    const arm = armsOver<{ noise: number }>();
    return {
      title: "Figure 3: label noise, K and transfer",
      facts: [
        ["names", String(config.names)],
        ["label noise", `${config.noise.join(", ")}%`],
        ["K", config.k.join(", ")],
      ],
      axes: [
        { name: "noise", title: "label noise", unit: "%", values: config.noise },
        { name: "k", title: "K", unit: "", values: config.k },
      ],
      arms: {
        npre: arm({
          axes: ["noise"],
          recipe: ({ noise }) =>
            npre({
              ...learner,
              kind: "names",
              task: "noisy names",
              objective: (site) => labels([withNoise(names, noise)(site)]),
            }),
        }),
        distilled: arm({
          on: ["npre"],
          axes: ["noise"],
          recipe: ({ noise }, { npre }) =>
            distilled({
              ...learner,
              ...config.distillation,
              teacher: npre,
              labels: withNoise(names, noise),
            }),
        }),
        ncf: ncfAtEachK(learner, clusteringOf(config)),
      },
      targets,
      layerwiseTarget: null,
      claims: claimsOf(config),
      figures: [{
        name: "figure3",
        arms: { teacher: "npre", distilled: "distilled", candidate: "ncf" },
        axes: { noise: "noise" },
      }],
      paper: ["figure3"],
    };
  },
};

/** What the paper says of its Figure 3, and what the search seeds let expect here. */
function claimsOf({ noise, k }: Figure3Config): Claim[] {
  const [least, most] = [Math.min(...noise), Math.max(...noise)];
  const [aligned, finer, others] = targets;
  const expecting = (
    same: Claim["expected"],
    fine: Claim["expected"],
    other: Claim["expected"],
  ): readonly Expected[] => [
    [aligned, "the same classes", same],
    [finer, "finer classes", fine],
    [others, "other classes", other],
  ];
  return [
    {
      id: "aligned-clean",
      text: `At ${least}% noise Npre is above Ncf on the classes it was trained on`,
      paper:
        "At p = 0 “Npre performs significantly better than Ncf for all values of K” (section 3.2)",
      test: {
        kind: "higher",
        better: { arm: "npre", target: aligned, at: { noise: least } },
        worse: { arm: "ncf", target: aligned, at: { noise: least } },
      },
      expected: "holds",
    },
    ...fallingMore({
      id: "falls",
      text: "Npre falls faster with noise than Ncf",
      paper: "“The drop in the performance is more drastic for Npre than for Ncf” (section 3.2)",
      ...{ more: "npre", less: "ncf", axis: "noise" },
      targets: expecting("holds", "undecided", "holds"),
    }),
    ...above({
      id: "wins",
      text: `At ${most}% noise Ncf is above Npre`,
      paper:
        "“Ncf consistently outperforms Npre” on ImageNet-9K and iNaturalist, on ImageNet-1K from " +
        "p = 50% (section 3.2)",
      ...{ better: "ncf", worse: "npre", at: { noise: most } },
      targets: expecting("undecided", "undecided", "holds"),
    }),
    ...above({
      id: "distilled",
      text: `At ${most}% noise Ncf is above distillation`,
      paper: "Distillation “is consistently outperformed by ClusterFit” (section 3.2)",
      ...{ better: "ncf", worse: "distilled", at: { noise: most } },
      targets: expecting("undecided", "undecided", "holds"),
    }),
    ...rising({
      id: "rises",
      text: `From K = ${k[0]} to K = ${k.at(-1)} transfer rises`,
      paper: "“Larger number of clusters K generally leads to better transfer” (section 3.2)",
      ...{ arm: "ncf", axis: "k" },
      targets: expecting("undecided", "undecided", "undecided"),
    }),
  ];
}
