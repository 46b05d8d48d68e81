/**
 * Table 7, self-supervised images at several K (paper, supplement D), beside a student on the clusters of an earlier
 * layer.
 *
 *     deno task reproduce table7 --scale small
 *
 * K are in the paper's proportions, 1 to 4 to 16; the largest is that of Table 6.
 */
import type { z } from "zod";
import { ncf } from "../method/arms/ncf.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import { axis, clusterCount, experimentConfig } from "../method/config.ts";
import { armsOver, type Experiment } from "../method/experiment.ts";
import { learnerOf } from "../method/training.ts";
import type { Claim } from "../results/claim.ts";
import { above, rising, within } from "./claims.ts";
import {
  checkPretext,
  medium,
  mediumClusters,
  paperScale,
  pretextArms,
  pretextKeys,
  pretextStudy,
  pretextTargets as targets,
  small,
  smallClusters,
} from "./self_supervised.ts";

/** Its keys, beside those that all experiments have. */
const schema = experimentConfig({
  ...pretextKeys,
  /** Clusters, the last of them those of the student of res4, too. */
  k: axis(clusterCount).prefault([30, 125, smallClusters]),
});

export type Table7Config = z.infer<typeof schema>;

/** Points that a network may be below a similar one: the paper gives no number. */
const similar = 2;

export const table7: Experiment<Table7Config> = {
  name: "table7",
  about: "self-supervision: RotNet and Jigsaw at several K, clusters of res4 (paper, Table 7)",
  schema,
  scales: {
    small: {
      config: small,
      takes: "30 networks of 120,000 images each, of which 12 are those of Table 6",
    },
    medium: {
      config: { ...medium, k: [90, 375, mediumClusters] },
      takes: "30 networks of 1,440,000 images, 12 of Table 6: 50 min on one H200, computed",
    },
  },
  paperScale,
  prefix: () => "table7",
  check: checkPretext,
  world: ({ images }) => ({ names: null, images }),
  plan(config, world) {
    const learner = learnerOf(config, world);
    const { npre, ncf: ofRes5 } = pretextArms(config, world);
    const k = config.k.at(-1)!;
    return {
      title: "Table 7: self-supervised images at several K",
      ...pretextStudy(config),
      arms: {
        npre,
        ncf: ofRes5,
        "ncf-res4": armsOver()({
          on: ["npre"],
          recipe: (_, { npre }) => ({
            ...ncf({
              ...{ ...learner, ...clusteringOf(config), teachers: [npre], k },
              ...{ layer: "res4", title: "Ncf of res4" },
            }),
            about: `from scratch on clusters of the teacher’s res4, K = ${k}`,
          }),
        }),
      },
      targets: targets.map(([name]) => name),
      claims: config.teacher.flatMap((teacher) => claimsOf(teacher, config)),
      figures: [],
      paper: ["table7"],
    };
  },
};

/** What the paper says of one teacher. */
function claimsOf(teacher: Table7Config["teacher"][number], { k }: Table7Config): Claim[] {
  const at = { teacher };
  const of = teacher.toLowerCase();
  const [least, most] = [k[0]!, k.at(-1)!];
  return [
    ...rising({
      id: `${of}-rises`,
      text: `${teacher}: from K = ${least} to K = ${most} transfer rises`,
      paper: "“The performance of Ncf increases as the number of clusters K increases”",
      ...{ arm: "ncf", axis: "k", at, targets },
    }),
    ...above({
      id: `${of}-least`,
      text: `${teacher}: Ncf at K = ${least} is above Npre`,
      paper:
        "“ClusterFit provides significant improvements over the pre-trained Npre at smaller values”",
      ...{ better: "ncf", worse: "npre", at: { ...at, k: least }, targets },
    }),
    ...within({
      id: `${of}-res4`,
      text: `${teacher}: clusters of res4 are at most ${similar} points below those of res5`,
      paper: "Of res4: “this version gave similar performance” (supplement D)",
      points: similar,
      close: { arm: "ncf-res4", at },
      to: { arm: "ncf", at: { ...at, k: most } },
      targets,
    }),
  ];
}
