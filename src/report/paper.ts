/** The paper's own results, for scale: ResNet-50, linear classifiers on fixed features, percent. Names of
 * networks are the paper's words. */

/** Scores in numbers. */
export interface PaperTable {
  readonly kind: "table";
  readonly source: string;
  readonly setting: string;
  /** Networks, or one of them at several K. */
  readonly columns: readonly string[];
  /** The last column is a candidate whose gain over each other one is shown. */
  readonly gains: boolean;
  readonly groups: readonly {
    readonly title: string;
    readonly rows: readonly {
      readonly target: string;
      readonly metric: string;
      /** In the order of `columns`, percent. */
      readonly scores: readonly number[];
    }[];
  }[];
}

/** What the text says of a figure that gives no numbers. */
export interface PaperText {
  readonly kind: "text";
  readonly source: string;
  readonly setting: string;
  readonly statements: readonly string[];
}

const row = (target: string, scores: readonly number[], metric = "top-1") => ({
  ...{ target, metric, scores },
});

/** All of Table 4: Npre, Npre 2x, Distilled, Prototype, and Ncf at five K. */
const hashtagRows = [
  row("ImageNet-1K", [78.0, 78.8, 73.8, 76.9, 75.3, 76.1, 76.5, 76.5, 76.2]),
  row("ImageNet-9K", [32.9, 34.1, 29.1, 35.1, 33.5, 35.4, 36.4, 37.1, 37.5]),
  row("Places365", [51.2, 51.2, 49.9, 51.9, 52.0, 52.1, 52.4, 52.6, 52.1]),
  row("iNaturalist", [43.9, 45.3, 35.9, 49.0, 43.8, 46.4, 47.9, 49.7, 49.5]),
];
/** Of these: Npre, Npre 2x, and Ncf at K = 15,000. */
const hashtagColumns = [0, 1, 7];

/** Of Tables 6 to 8. */
const pretextSetting =
  "ResNet-50, pre-trained on the 1.3 million images of ImageNet-1K without labels";

/** Networks of Tables 6 to 8, in the paper's order of targets: ImageNet-1K, VOC07, Places205, iNaturalist. */
const rotNet = {
  npre: [48.9, 63.9, 41.4, 23.0],
  npre2x: [50.0, 64.9, 42.9, 25.3],
  k1000: [51.8, 67.2, 42.6, 25.2],
  k4000: [52.3, 67.4, 43.4, 26.8],
  k16000: [56.1, 70.9, 44.8, 28.4],
} as const;
const jigsaw = {
  npre: [46.0, 66.1, 39.9, 22.1],
  npre2x: [45.1, 65.4, 38.7, 21.8],
  k1000: [50.2, 66.2, 42.5, 24.5],
  k4000: [51.6, 67.8, 42.4, 27.2],
  k16000: [55.2, 69.5, 45.0, 29.8],
} as const;
const bothTeachers = [57.0, 72.8, 46.2, 31.6] as const;

/** A row for each target, a column for each network. */
const pretextRows = (...networks: readonly (readonly number[])[]) =>
  ["ImageNet-1K", "VOC07", "Places205", "iNaturalist"].map((target, at) =>
    row(target, networks.map((scores) => scores[at]!), target === "VOC07" ? "mAP" : "top-1")
  );

const results = {
  figure3: {
    kind: "text",
    source: "Yan et al., CVPR 2020, Figure 3 and section 3.2",
    setting:
      "ResNet-50, pre-trained on ImageNet-1K of whose labels p% were replaced by a label drawn " +
      "uniformly from the others; linear classifiers on res5",
    statements: [
      "Without noise, Npre is significantly better than Ncf on ImageNet-1K for all K: the two tasks are " +
      "exactly aligned. On ImageNet-9K and iNaturalist, Ncf is comparable or better at higher K.",
      "Without noise, distillation improves on Npre on ImageNet-9K and is worse on iNaturalist.",
      "The more noise, the lower all three targets; Npre falls faster than Ncf, and the gap between them " +
      "grows with p.",
      "Ncf is above Npre throughout on ImageNet-9K and iNaturalist, and from p = 50 on ImageNet-1K.",
      "Distillation gains a little over Npre and is below ClusterFit throughout.",
      "Larger K generally transfers better; the gains are larger on the finer-grained targets.",
    ],
  },
  table4: {
    kind: "table",
    source: "Yan et al., CVPR 2020, Table 4",
    setting: "ResNet-50, pre-trained on 1 billion images with 1,500 hashtags (IG-ImageNet-1B), " +
      "K = 15,000",
    columns: ["Npre", "Npre 2x", "Ncf"],
    gains: true,
    groups: [{
      title: "Hashtags",
      rows: hashtagRows.map(({ target, scores }) =>
        row(target, hashtagColumns.map((at) => scores[at]!))
      ),
    }],
  },
  "table4-all": {
    kind: "table",
    source: "Yan et al., CVPR 2020, Table 4",
    setting:
      "ResNet-50, pre-trained on 1 billion images with 1,500 hashtags (IG-ImageNet-1B); Ncf at " +
      "K from 1,500 to 30,000",
    columns: [
      ...["Npre", "Npre 2x", "Distilled", "Prototype", "Ncf, 1.5k", "3.75k", "7.5k", "15k", "30k"],
    ],
    gains: false,
    groups: [{
      title: "Hashtags",
      rows: hashtagRows,
    }],
  },
  figure4: {
    kind: "text",
    source: "Yan et al., CVPR 2020, Figure 4 and section 4.2",
    setting:
      `${pretextSetting}, K = 16,000; linear classifiers on conv1 and res2 to res5, pooled to about ` +
      "9,000 numbers each; ImageNet-1K, VOC07 and Places205",
    statements: [
      "The last layer of Npre transfers worse than res4, by 3 to 10 points on VOC07: it overfits to the " +
      "pretext task.",
      "Ncf is above Npre at all layers but conv1, on ImageNet-1K by 7 to 9 points.",
      "On VOC07 res5 is 9 points below res4 for Npre, and about 1 point above it for Ncf; on ImageNet-1K and " +
      "Places205 the gap is considerably reduced.",
    ],
  },
  table5: {
    kind: "table",
    source: "Yan et al., CVPR 2020, Table 5",
    setting:
      "R(2+1)D-34, pre-trained on 19 million videos with 438 verbs (IG-Verb-19M); Ncf at K from 400 to 6,400",
    columns: [
      ...["Npre", "Npre 2x", "Distilled", "Prototype", "Ncf, 400", "800", "1600", "3200", "6400"],
    ],
    gains: false,
    groups: [{
      title: "Verbs",
      rows: [
        row("Kinetics", [68.8, 69.2, 63.6, 70.3, 70.1, 71.2, 71.2, 71.5, 72.0]),
        row("Sports1M", [52.9, 53.1, 48.4, 55.1, 55.8, 56.6, 57.1, 57.2, 57.2]),
        row("Something-Something V1", [16.9, 16.4, 15.6, 20.3, 20.2, 20.0, 20.6, 19.3, 19.7]),
      ],
    }],
  },
  figure5: {
    kind: "text",
    source: "Yan et al., CVPR 2020, Figure 5 and section 5.1",
    setting:
      "R(2+1)D-18 on the clusters of an R(2+1)D-18 and of an R(2+1)D-34, pre-trained on 19 million " +
      "videos with verbs; Kinetics",
    statements: [
      "A larger teacher improves its student by 2 to 3 points at every K: its features are richer.",
    ],
  },
  figure6: {
    kind: "text",
    source: "Yan et al., CVPR 2020, Figure 6 and section 5.2",
    setting:
      "R(2+1)D-18 on clusters of 62 million videos with verbs, of all of them or within each verb; " +
      "Kinetics and Sports1M",
    statements: [
      "Clustering without labels is above clustering within each label, on both targets, at every K.",
    ],
  },
  figure7: {
    kind: "text",
    source: "Yan et al., CVPR 2020, Figure 7 and section 5.3",
    setting:
      "R(2+1)D-18 on 3,200 clusters of 62 million videos; four R(2+1)D-34 teachers, each of 19 million " +
      "videos with one of the 10, 30, 100 or 438 commonest verbs; Kinetics",
    statements: [
      "Transfer grows with the logarithm of the number of labels.",
      "With 10 labels the student is about 9 points below the one with all 438: diverse labels make good " +
      "clusters.",
      "With 100 labels it is within 2 points of the one with 438, and above a network that learned all 438 " +
      "labels of all 62 million videos.",
    ],
  },
  figure8: {
    kind: "text",
    source: "Yan et al., CVPR 2020, Figure 8 and appendix F",
    setting:
      "R(2+1)D-18 on clusters of 62 million videos; three R(2+1)D-34 teachers, each of 19 million videos: " +
      "with 438 verbs, with 1,438 nouns, with the 359 labels of Kinetics; Kinetics and Sports1M",
    statements: [
      "With each of the three teachers the student is above a network that learned the verbs of all 62 million " +
      "videos.",
      "The teacher of Kinetics' labels is worth slightly more on Kinetics: knowing the target helps.",
    ],
  },
  table6: {
    kind: "table",
    source: "Yan et al., CVPR 2020, Table 6",
    setting: `${pretextSetting}, K = 16,000; best layer of each network`,
    columns: ["Npre", "Npre 2x", "Ncf"],
    gains: true,
    groups: [
      { title: "RotNet", rows: pretextRows(rotNet.npre, rotNet.npre2x, rotNet.k16000) },
      { title: "Jigsaw", rows: pretextRows(jigsaw.npre, jigsaw.npre2x, jigsaw.k16000) },
    ],
  },
  table7: {
    kind: "table",
    source: "Yan et al., CVPR 2020, Table 7",
    setting: `${pretextSetting}; best layer of each network`,
    columns: ["Npre", "Ncf, K 1,000", "4,000", "16,000"],
    gains: false,
    groups: [
      {
        title: "RotNet",
        rows: pretextRows(rotNet.npre, rotNet.k1000, rotNet.k4000, rotNet.k16000),
      },
      {
        title: "Jigsaw",
        rows: pretextRows(jigsaw.npre, jigsaw.k1000, jigsaw.k4000, jigsaw.k16000),
      },
    ],
  },
  table8: {
    kind: "table",
    source: "Yan et al., CVPR 2020, Table 8",
    setting: `${pretextSetting}, K = 16,000; best layer of each network`,
    columns: ["Npre", "Npre 2x", "Ncf", "Ncf of both"],
    gains: true,
    groups: [
      {
        title: "RotNet",
        rows: pretextRows(rotNet.npre, rotNet.npre2x, rotNet.k16000, bothTeachers),
      },
      {
        title: "Jigsaw",
        rows: pretextRows(jigsaw.npre, jigsaw.npre2x, jigsaw.k16000, bothTeachers),
      },
    ],
  },
} as const satisfies Readonly<Record<string, PaperTable | PaperText>>;

export const paperResults: ReadonlyMap<string, PaperTable | PaperText> = new Map(
  Object.entries(results),
);

/** The result with that name. Throws a RangeError that lists the names where there is none. */
export function paperResult(name: string): PaperTable | PaperText {
  const result = paperResults.get(name);
  if (result) return result;
  const names = [...paperResults.keys()].map((name) => `"${name}"`).join(", ");
  throw new RangeError(
    `Cannot show the paper's "${name}": it needs one of ${names}. Add it to src/report/paper.ts.`,
  );
}
