/**
 * Figure 6, clusters of all images against clusters within each label (paper, section 5.2). The paper's networks read
 * videos with verbs; these read icons with hashtags.
 *
 *     deno task reproduce figure6 --scale small
 */
import type { z } from "zod";
import { ncf } from "../method/arms/ncf.ts";
import { npre } from "../method/arms/npre.ts";
import { checkClusters } from "../method/check_config.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import { axis, clusterCount, experimentConfig } from "../method/config.ts";
import { armsOver, type Experiment } from "../method/experiment.ts";
import { hashtagsOf } from "../method/label_sources.ts";
import { learnerOf } from "../method/training.ts";
import { lastLayer } from "../models/architectures.ts";
import { above } from "./claims.ts";
import { fineTargets as targets, hashtagTeacher } from "./hashtags.ts";
import { oneGpu } from "./medium.ts";
import { ncfAtEachK } from "./ncf_at_each_k.ts";

/** Its keys, beside those that all experiments have. */
const schema = experimentConfig({
  /** Clusters; within labels each has one at least, so there are no fewer than labels. */
  k: axis(clusterCount).prefault([500, 1000, 2000]),
});

export type Figure6Config = z.infer<typeof schema>;

export const figure6: Experiment<Figure6Config> = {
  name: "figure6",
  about: "clusters of all images, and within each label (paper, Figure 6)",
  schema,
  scales: {
    small: {
      config: { images: 10_000, epochs: 15, seeds: [1, 2, 3] },
      takes: "21 networks of 150,000 images each",
    },
    medium: {
      config: { ...oneGpu, k: [1200, 2400, 4800] },
      takes: "21 networks of 1,440,000 images each: 35 min on one H200, computed",
    },
  },
  paperScale: {
    settings: [
      ["teacher", "R(2+1)D-34"],
      ["student", "R(2+1)D-18"],
      ["videos", "250 million, of 62 million with 438 verbs"],
    ],
    needs: [
      "IG-Verb-19M and IG-Verb-62M, which are not public",
      "Kinetics and Sports1M",
      "64 GPUs on 8 machines",
    ],
  },
  prefix: () => "figure6",
  check: ({ k, images }) => checkClusters(k, images),
  world: ({ images }) => ({ names: null, images }),
  plan(config, world) {
    const learner = learnerOf(config, world);
    const hashtags = hashtagsOf(world);
    const clustering = clusteringOf(config);
    const arm = armsOver<{ k: number }>();
    return {
      title: "Figure 6: clusters of all images, and within labels",
      facts: [["teacher", "hashtags"], ["K", config.k.join(", ")]],
      axes: [{ name: "k", title: "K", unit: "", values: config.k }],
      arms: {
        npre: arm({
          recipe: () => npre(hashtagTeacher(learner, world)),
        }),
        "per-label": arm({
          on: ["npre"],
          axes: ["k"],
          recipe: ({ k }, { npre }) => ({
            ...ncf({
              ...{ ...learner, ...clustering, teachers: [npre], layer: lastLayer, k },
              ...{ within: hashtags, title: "Ncf, per label" },
            }),
            role: "control" as const,
          }),
        }),
        ncf: ncfAtEachK(learner, clustering),
      },
      targets: targets.map(([name]) => name),
      layerwiseTarget: null,
      claims: above({
        id: "unsupervised",
        text: "Clusters of all images are above clusters within labels, over all K",
        paper:
          "“Unsupervised clustering consistently outperforms per-label clustering across all values of " +
          "K” (section 5.2)",
        ...{ better: "ncf", worse: "per-label" },
        targets,
      }),
      figures: [{
        name: "figure6",
        arms: { unsupervised: "ncf", perLabel: "per-label" },
        axes: { k: "k" },
      }],
      paper: ["figure6"],
    };
  },
};
