/**
 * Figure 5, the relative capacity of teacher and student (paper, section 5.1): students of one size, on the clusters of
 * a teacher as large as they are and of a larger one. The paper's networks read videos; these read icons.
 *
 *     deno task reproduce figure5 --scale small
 */
import { z } from "zod";
import { ncf } from "../method/arms/ncf.ts";
import { npre } from "../method/arms/npre.ts";
import { checkClusters } from "../method/check_config.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import { axis, clusterCount, experimentConfig } from "../method/config.ts";
import { armsOver, type Experiment } from "../method/experiment.ts";
import { learnerOf } from "../method/training.ts";
import { architectures, lastLayer, widthOf } from "../models/architectures.ts";
import { above } from "./claims.ts";
import { fineTargets as targets, hashtagTeacher } from "./hashtags.ts";
import { oneGpu } from "./medium.ts";

/** Its keys, beside those that all experiments have. */
const schema = experimentConfig({
  /** Clusters. */
  k: axis(clusterCount).prefault([250, 500, 1000]),
  /** Of the larger teacher; the student and the other teacher have `arch` and `width`. */
  larger: z.strictObject({
    arch: z.enum(architectures).default("resnet18-small"),
    width: z.union([z.literal("auto"), z.int().positive()]).default(32),
  }).prefault({}),
});

export type Figure5Config = z.infer<typeof schema>;

export const figure5: Experiment<Figure5Config> = {
  name: "figure5",
  about: "a teacher larger than its student (paper, Figure 5)",
  schema,
  scales: {
    small: {
      config: { images: 10_000, epochs: 15, seeds: [1, 2, 3] },
      takes: "21 networks of 150,000 images each, and 3 larger ones that take eight times as long",
    },
    medium: {
      config: {
        ...oneGpu,
        k: [600, 1200, 2400],
        larger: { arch: "resnet18-small", width: 128 },
      },
      takes: "24 networks of 1,440,000 images, 3 are larger: 40 min on one H200, computed",
    },
  },
  paperScale: {
    settings: [
      ["teachers", "R(2+1)D-18 and R(2+1)D-34"],
      ["student", "R(2+1)D-18"],
      ["videos", "250 million, of 62 million with 438 verbs"],
    ],
    needs: [
      "IG-Verb-19M and IG-Verb-62M, which are not public",
      "Kinetics",
      "64 GPUs on 8 machines",
    ],
  },
  prefix: () => "figure5",
  check: ({ k, images }) => checkClusters(k, images),
  world: ({ images }) => ({ names: null, images }),
  plan(config, world) {
    const learner = learnerOf(config, world);
    const { arch } = config.larger;
    const larger = { ...learner, backbone: { arch, width: widthOf(config.larger) } };
    const clustering = { ...clusteringOf(config), layer: lastLayer };
    const arm = armsOver<{ k: number }>();
    return {
      title: "Figure 5: a teacher larger than its student",
      facts: [
        ["student", config.arch],
        ["larger teacher", `${arch}, width ${larger.backbone.width}`],
        ["K", config.k.join(", ")],
      ],
      axes: [{ name: "k", title: "K", unit: "", values: config.k }],
      arms: {
        npre: arm({
          recipe: () => npre(hashtagTeacher(learner, world)),
        }),
        larger: arm({
          recipe: () =>
            npre({
              ...hashtagTeacher(larger, world),
              task: "hashtags, larger",
              title: "Larger Npre",
            }),
        }),
        same: arm({
          on: ["npre"],
          axes: ["k"],
          recipe: ({ k }, { npre }) => ({
            ...ncf({ ...learner, ...clustering, teachers: [npre], k, title: "Ncf of Npre" }),
            role: "control" as const,
          }),
        }),
        ncf: arm({
          on: ["larger"],
          axes: ["k"],
          recipe: ({ k }, { larger }) =>
            ncf({ ...learner, ...clustering, teachers: [larger], k, title: "Ncf of larger Npre" }),
        }),
      },
      targets: targets.map(([name]) => name),
      layerwiseTarget: null,
      claims: above({
        id: "larger",
        text: "The student of the larger teacher is above that of the equal one, over all K",
        paper: "“A consistent improvement of 2% − 3% across different values of K” (section 5.1)",
        ...{ better: "ncf", worse: "same" },
        targets,
      }),
      figures: [{
        name: "figure5",
        arms: { same: "same", larger: "ncf" },
        axes: { k: "k" },
      }],
      paper: ["figure5"],
    };
  },
};
