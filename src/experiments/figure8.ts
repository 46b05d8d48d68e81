/**
 * Figure 8, the nature of the labels that the teacher learns (paper, appendix F): teachers of equally many images with
 * other kinds of labels, students of one size on clusters of more images. The paper's labels are verbs, nouns and the
 * classes of a target, of videos; here they are hashtags, words that say how an icon is drawn or what is done to what it
 * shows, and the classes of a target.
 *
 *     deno task reproduce figure8 --scale small
 *
 * What was tried for its sizes is in docs/EXPERIMENT.md.
 */
import { z } from "zod";
import { npre } from "../method/arms/npre.ts";
import { checkClusters } from "../method/check_config.ts";
import { clusteringOf } from "../method/clustering_settings.ts";
import { axis, clusterCount, experimentConfig } from "../method/config.ts";
import { armsOver, type Experiment } from "../method/experiment.ts";
import { learnerOf } from "../method/training.ts";
import type { Claim } from "../results/claim.ts";
import { above, type Expected } from "./claims.ts";
import { ncfAtEachK } from "./ncf_at_each_k.ts";
import { dpreSchema, medium, partTeachers, small, upperBound } from "./part_of_dcf.ts";

/** Kinds of labels that icons have, and what a sentence calls them. */
const natures = {
  hashtags: "hashtags",
  modifiers: "modifiers",
  "target-names": "the target’s own names",
} as const;

type Nature = keyof typeof natures;
const all = Object.keys(natures) as Nature[];

/** Its keys, beside those that all experiments have: `images` and `epochs` are those of Dcf. */
const schema = experimentConfig({
  /** In Dpre: one of an image. */
  labels: axis(z.enum(all)).prefault(all),
  /** What the teachers are trained on: as many images of each kind. */
  dpre: dpreSchema,
  /** Clusters. */
  k: axis(clusterCount).prefault([300, 1000]),
});

export type Figure8Config = z.infer<typeof schema>;

/** In the place of Kinetics, whose labels a teacher has learnt, and of Sports1M. */
const [own, other] = ["held-out-families", "unseen-names"] as const;

export const figure8: Experiment<Figure8Config> = {
  name: "figure8",
  about: "the nature of the labels that the teacher learns (paper, Figure 8)",
  schema,
  scales: {
    small: {
      config: small,
      takes: "9 networks of 61,200 images each, and 21 of 80,000",
    },
    medium: {
      config: { ...medium, k: [450, 1500] },
      takes: "9 networks of 550,800 images each, 21 of 720,000: 20 min on one H200, computed",
    },
  },
  paperScale: {
    settings: [
      [
        "teachers",
        "R(2+1)D-34, 490 million videos, of 19 million with 438 verbs, 1,438 nouns or the 359 of Kinetics",
      ],
      ["student", "R(2+1)D-18, 250 million videos, of 62 million"],
    ],
    needs: [
      "IG-Verb-62M, IG-Noun-19M and IG-Kinetics-19M, which are not public",
      "Kinetics and Sports1M",
      "64 GPUs on 8 machines, and 128 on 16 for the teachers",
    ],
  },
  prefix: () => "figure8",
  check: ({ k, images }) => checkClusters(k, images),
  world: ({ images }) => ({ names: null, images }),
  plan(config, world) {
    const { dpre, labels, k } = config;
    const learner = learnerOf(config, world);
    const teachers = partTeachers(
      config,
      world,
      new Map(labels.map((of) => [of, { of, labels: null }])),
    );
    const arm = armsOver<{ labels: Nature }>();
    return {
      title: "Figure 8: the nature of the labels that the teacher learns",
      facts: [
        ["labels in Dpre", labels.join(", ")],
        ["images in Dpre", dpre.images.toLocaleString("en")],
        ["K", k.join(", ")],
      ],
      axes: [
        { name: "labels", title: "teacher of", unit: "", values: labels },
        { name: "k", title: "K", unit: "", values: k },
      ],
      arms: {
        npre: arm({
          axes: ["labels"],
          recipe: ({ labels }) =>
            npre({ ...teachers.get(labels)!, kind: "weak", task: "weak labels" }),
        }),
        weak: arm({ recipe: () => upperBound(learner, world) }),
        ncf: ncfAtEachK(learner, clusteringOf(config)),
      },
      targets: [own, other],
      layerwiseTarget: null,
      claims: claimsOf(config),
      figures: [{
        name: "figure8",
        arms: { candidate: "ncf", upperBound: "weak" },
        axes: { k: "k" },
      }],
      paper: ["figure8"],
    };
  },
};

/** What the paper says of its Figure 8. */
function claimsOf({ labels }: Figure8Config): Claim[] {
  const targets: readonly Expected[] = [
    [own, "the target whose names these are", "undecided"],
    [other, "names never seen", "undecided"],
  ];
  const others = labels.filter((nature) => nature !== "target-names");
  return [
    ...labels.flatMap((nature) =>
      above({
        id: `weak-${nature}`,
        text: `Ncf of a teacher of ${
          natures[nature]
        } is above weak supervision by all of Dcf, over all K`,
        paper:
          "“All three Dpre datasets show significant improvements over the weakly-supervised upper bound”",
        ...{ better: "ncf", worse: "weak", at: { labels: nature } },
        targets,
      })
    ),
    ...(labels.length > others.length ? others : []).map((nature): Claim => ({
      id: `own-${nature}`,
      text: `On its own target, a teacher of that target’s names is worth more than one of ${
        natures[nature]
      }`,
      paper: "“Dpre = IG-Kinetics-19M yields a slightly higher performance on Kinetics”",
      test: {
        kind: "higher",
        better: { arm: "ncf", target: own, at: { labels: "target-names" } },
        worse: { arm: "ncf", target: own, at: { labels: nature } },
      },
      expected: "undecided",
    })),
  ];
}
