/**
 * Table 6, self-supervised images (paper, section 4.2): teachers of rotations and of puzzles, longer training and
 * ClusterFit, each network at the layer that is best on validation rows. Distillation and prototypes are no baselines of
 * such teachers (supplement D); they are refused (`method/objectives/pretext.ts`).
 *
 *     deno task reproduce table6 --scale small
 */
import type { Experiment } from "../method/experiment.ts";
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

export const table6: Experiment<PretextConfig> = {
  name: "table6",
  about: "self-supervision: RotNet and Jigsaw, longer training (paper, Table 6)",
  schema: pretextSchema,
  scales: {
    small: {
      config: small,
      takes: "18 networks of 120,000 images each, one in three twice as long",
    },
    medium: {
      config: medium,
      takes: "18 networks of 1,440,000 images, one in three 2x: 1 h on one H200, computed",
    },
  },
  paperScale,
  prefix: () => "table6",
  check: checkPretext,
  world: ({ images }) => ({ names: null, images }),
  plan(config, world) {
    return {
      title: "Table 6: self-supervised images",
      ...pretextStudy(config),
      arms: pretextArms(config, world),
      targets: targets.map(([name]) => name),
      claims: config.teacher.flatMap(claimsOf),
      figures: [],
      paper: ["table6"],
    };
  },
};

/** What the paper says of one teacher. */
function claimsOf(teacher: Pretext): Claim[] {
  const form = { at: { teacher }, targets };
  const of = teacher.toLowerCase();
  return [
    ...above({
      ...form,
      id: `${of}-wins`,
      text: `${teacher}: Ncf is above Npre`,
      paper: "“ClusterFit provides consistent improvements on both Jigsaw and RotNet tasks”",
      ...{ better: "ncf", worse: "npre" },
    }),
    ...above({
      ...form,
      id: `${of}-longer`,
      text: `${teacher}: Ncf is above Npre 2x`,
      paper: "Longer pre-training “shows mixed results”, below ClusterFit on all four targets",
      ...{ better: "ncf", worse: "npre2x" },
    }),
    ...above({ ...form, id: `${of}-2x`, ...longer[teacher] }),
  ];
}

/** What longer training does to each teacher. */
const longer = {
  RotNet: {
    text: "RotNet: Npre 2x is above Npre",
    paper: "Longer pre-training: “a small increase in performance for RotNet”",
    ...{ better: "npre2x", worse: "npre" },
  },
  Jigsaw: {
    text: "Jigsaw: Npre is above Npre 2x",
    paper: "Longer pre-training: “a small drop in performance for Jigsaw”",
    ...{ better: "npre", worse: "npre2x" },
  },
} as const;
