/**
 * Figure 4, transfer layer by layer (paper, section 4.2): RotNet and Jigsaw before and after ClusterFit, from conv1, the
 * stem, to res5.
 *
 *     deno task reproduce figure4 --scale small
 */
import type { Experiment } from "../method/experiment.ts";
import { layers } from "../models/architectures.ts";
import type { Claim } from "../results/claim.ts";
import { aboveAt, widerGap } from "./claims.ts";
import {
  checkPretext,
  medium,
  paperScale,
  pretextArms,
  type PretextConfig,
  pretextSchema,
  pretextStudy,
  pretextTargets,
  small,
} from "./self_supervised.ts";
import type { Pretext } from "./pretext.ts";

/** In the place of ImageNet-1K, VOC07 and Places205. */
const targets = pretextTargets.slice(0, 3);

export const figure4: Experiment<PretextConfig> = {
  name: "figure4",
  about: "self-supervision layer by layer, before and after ClusterFit (paper, Figure 4)",
  schema: pretextSchema,
  scales: {
    small: {
      config: small,
      takes: "12 networks of 120,000 images each, which are those of Table 6",
    },
    medium: {
      config: medium,
      takes: "12 networks of Table 6, of 1,440,000 images: 25 min on one H200, computed",
    },
  },
  paperScale,
  prefix: () => "figure4",
  check: checkPretext,
  world: ({ images }) => ({ names: null, images }),
  plan(config, world) {
    const { npre, ncf } = pretextArms(config, world);
    return {
      title: "Figure 4: transfer layer by layer",
      ...pretextStudy(config),
      arms: { npre, ncf },
      targets: targets.map(([name]) => name),
      layers: ["conv1", ...layers],
      claims: config.teacher.flatMap(claimsOf),
      figures: [{ name: "figure4", arms: { teacher: "npre", candidate: "ncf" }, axes: {} }],
      paper: ["figure4"],
    };
  },
};

/** What the paper says of one teacher. */
function claimsOf(teacher: Pretext): Claim[] {
  const at = { teacher };
  const of = teacher.toLowerCase();
  return [
    ...aboveAt({
      id: `${of}-overfits`,
      text: `${teacher}: res4 of Npre is above res5`,
      paper:
        "“For the pre-trained network Npre, res5 features transfer poorly compared to res4 features”",
      better: { arm: "npre", at, layer: "res4" },
      worse: { arm: "npre", at, layer: "res5" },
      targets,
    }),
    ...widerGap({
      id: `${of}-gap`,
      text: `${teacher}: the gap between res4 and res5 shrinks after ClusterFit`,
      paper:
        "“The performance gap of Ncf when using res4 vs. res5 features is considerably reduced”",
      ...{ wider: "npre", narrower: "ncf", above: "res4", below: "res5", at, targets },
    }),
    ...layers.flatMap((layer) =>
      aboveAt({
        id: `${of}-${layer}`,
        text: `${teacher}: ${layer} of Ncf is above that of Npre`,
        paper:
          "“Features of Ncf transfer better across all the layers except for conv1 – an improvement of 7 to 9 " +
          "points on ImageNet-1K”",
        better: { arm: "ncf", at, layer },
        worse: { arm: "npre", at, layer },
        targets: targets.slice(0, 1),
      })
    ),
  ];
}
