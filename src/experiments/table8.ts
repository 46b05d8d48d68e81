/**
 * Table 8, two teachers at once (paper, supplement E): a student with a head for the clusters of RotNet and one for
 * those of Jigsaw, beside the students of one of them.
 *
 *     deno task reproduce table8 --scale small
 */
import { ncf } from "../method/arms/ncf.ts";
import { checkSeveral } from "../method/check_config.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import { armsOver, type Experiment } from "../method/experiment.ts";
import { learnerOf } from "../method/training.ts";
import { lastLayer } from "../models/architectures.ts";
import type { Claim } from "../results/claim.ts";
import { above } from "./claims.ts";
import {
  checkPretext,
  medium,
  paperScale,
  pretextArms,
  type PretextConfig,
  pretextSchema,
  pretextStudy,
  pretextTargets as targets,
  small,
} from "./self_supervised.ts";
import type { Pretext } from "./pretext.ts";

export const table8: Experiment<PretextConfig> = {
  name: "table8",
  about: "self-supervision: a student of RotNet and Jigsaw at once (paper, Table 8)",
  schema: pretextSchema,
  scales: {
    small: {
      config: small,
      takes: "21 networks, of which 18 are those of Table 6, the others of 120,000 images each",
    },
    medium: {
      config: medium,
      takes: "21 networks of 1,440,000 images, 18 of Table 6: 1 h on one H200, computed",
    },
  },
  paperScale,
  prefix: () => "table8",
  check(config) {
    checkPretext(config);
    checkSeveral(config.teacher);
  },
  world: ({ images }) => ({ names: null, images }),
  plan(config, world) {
    const learner = learnerOf(config, world);
    const arm = armsOver<{ k: number }>();
    return {
      title: "Table 8: two pretext tasks at once",
      ...pretextStudy(config),
      arms: {
        ...pretextArms(config, world),
        both: arm({
          onAt: Object.fromEntries(
            config.teacher.map((teacher) => [teacher, { arm: "npre", at: { teacher } }]),
          ),
          axes: ["k"],
          recipe: ({ k }, teachers) =>
            ncf({
              ...{ ...learner, ...clusteringOf(config), teachers: Object.values(teachers), k },
              ...{ layer: lastLayer, title: "Ncf of both" },
            }),
        }),
      },
      targets: targets.map(([name]) => name),
      claims: config.teacher.flatMap(claimsOf),
      figures: [],
      paper: ["table8"],
    };
  },
};

/** What the paper says of two teachers beside one of them. */
function claimsOf(teacher: Pretext): Claim[] {
  const form = { better: "both", at: { teacher }, targets };
  const of = teacher.toLowerCase();
  return [
    ...above({
      ...form,
      id: `${of}-teacher`,
      text: `Ncf of both is above the Npre of ${teacher}`,
      paper:
        "“Gains of 8 points on ImageNet-1K, iNaturalist [...] and VOC07 mAP compared to the Npre models”",
      worse: "npre",
    }),
    ...above({
      ...form,
      id: `${of}-single`,
      text: `Ncf of both is above the Ncf of ${teacher}`,
      paper: "“The multi-task models also improve over the single task Ncf models”",
      worse: "ncf",
    }),
  ];
}
