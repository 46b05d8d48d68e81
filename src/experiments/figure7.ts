/**
 * Figure 7, the number of labels that the teacher learns (paper, section 5.3): teachers of equally many images with one
 * of the m commonest labels, students of one size on clusters of more images. The paper's networks read videos with
 * verbs; these read icons with hashtags.
 *
 *     deno task reproduce figure7 --scale small
 *
 * What was tried for its sizes is in docs/EXPERIMENT.md.
 */
import { z } from "zod";
import { ncf } from "../method/arms/ncf.ts";
import { npre } from "../method/arms/npre.ts";
import { checkClusters } from "../method/check_config.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import { axis, clusterCount, experimentConfig } from "../method/config.ts";
import { armsOver, type Experiment } from "../method/experiment.ts";
import { learnerOf } from "../method/training.ts";
import { lastLayer } from "../models/architectures.ts";
import type { Claim } from "../results/claim.ts";
import { above, risingWithLog, within } from "./claims.ts";
import { fineTargets as targets } from "./hashtags.ts";
import { dpreSchema, medium, partTeachers, small, upperBound } from "./part_of_dcf.ts";

/** Its keys, beside those that all experiments have: `images` and `epochs` are those of Dcf. */
const schema = experimentConfig({
  /** Hashtags in Dpre, the commonest of Dcf; the icons have 221. */
  labels: axis(z.int().min(2)).prefault([10, 30, 100, 221]),
  /** What the teachers are trained on. */
  dpre: dpreSchema,
  /** Clusters. */
  k: clusterCount.default(500),
});

export type Figure7Config = z.infer<typeof schema>;

export const figure7: Experiment<Figure7Config> = {
  name: "figure7",
  about: "the number of labels that the teacher learns (paper, Figure 7)",
  schema,
  scales: {
    small: {
      config: small,
      takes: "12 networks of 61,200 images each, and 15 of 80,000",
    },
    medium: {
      config: { ...medium, k: 750 },
      takes: "12 networks of 550,800 images each, 15 of 720,000: 20 min on one H200, computed",
    },
  },
  paperScale: {
    settings: [
      ["teachers", "R(2+1)D-34, 490 million videos, of 19 million with 10, 30, 100 or 438 verbs"],
      ["student", "R(2+1)D-18, 250 million videos, of 62 million"],
      ["K", "3,200"],
    ],
    needs: [
      "IG-Verb-62M, which is not public",
      "Kinetics",
      "64 GPUs on 8 machines, and 128 on 16 for the teachers",
    ],
  },
  prefix: () => "figure7",
  check: ({ k, images }) => checkClusters([k], images),
  world: ({ images }) => ({ names: null, images }),
  plan(config, world) {
    const { dpre, labels, k } = config;
    const learner = learnerOf(config, world);
    const teachers = partTeachers(
      config,
      world,
      new Map(labels.map((most) => [most, { of: "hashtags", labels: most }])),
    );
    const arm = armsOver<{ labels: number }>();
    return {
      title: "Figure 7: the number of labels that the teacher learns",
      facts: [
        ["labels in Dpre", labels.join(", ")],
        ["images in Dpre", dpre.images.toLocaleString("en")],
        ["K", String(k)],
      ],
      axes: [{ name: "labels", title: "labels in Dpre", unit: "", values: labels }],
      arms: {
        npre: arm({
          axes: ["labels"],
          recipe: ({ labels }) =>
            npre({ ...teachers.get(labels)!, kind: "hashtag", task: "the commonest hashtags" }),
        }),
        weak: arm({ recipe: () => upperBound(learner, world) }),
        ncf: arm({
          on: ["npre"],
          recipe: (_, { npre }) =>
            ncf({ ...learner, teachers: [npre], layer: lastLayer, k, ...clusteringOf(config) }),
        }),
      },
      targets: targets.map(([name]) => name),
      layerwiseTarget: null,
      claims: claimsOf(config),
      figures: [{
        name: "figure7",
        arms: { candidate: "ncf", upperBound: "weak" },
        axes: { labels: "labels" },
      }],
      paper: ["figure7"],
    };
  },
};

/** What the paper says of its Figure 7. */
function claimsOf({ labels }: Figure7Config): Claim[] {
  const all = labels.at(-1)!;
  const fewer = labels.at(-2) ?? all;
  return [
    ...risingWithLog({
      id: "log",
      text: "Ncf rises with the logarithm of the number of labels",
      paper: "“Performance increases log-linearly with the number of pre-training labels in Dpre”",
      ...{ arm: "ncf", axis: "labels" },
      targets,
    }),
    ...within({
      id: "within",
      text: `With ${fewer} labels Ncf is within 2 points of what it is with ${all}`,
      paper: "“When m = 100, Ncf is within 2% of the accuracy obtained when using all 438 verbs”",
      points: 2,
      close: { arm: "ncf", at: { labels: fewer } },
      to: { arm: "ncf", at: { labels: all } },
      targets,
    }),
    ...above({
      id: "weak",
      text: `With ${fewer} labels Ncf is above weak supervision by all labels of Dcf`,
      paper:
        "With m = 100 it “outperform[s] its weakly supervised pre-trained counterpart which uses 62M videos " +
        "and all 438 verbs”",
      ...{ better: "ncf", worse: "weak", at: { labels: fewer } },
      targets,
    }),
  ];
}
