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
      rows: [
        row("ImageNet-1K", [78.0, 78.8, 76.5]),
        row("ImageNet-9K", [32.9, 34.1, 37.1]),
        row("Places365", [51.2, 51.2, 52.6]),
        row("iNaturalist", [43.9, 45.3, 49.7]),
      ],
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
      rows: [
        row("ImageNet-1K", [78.0, 78.8, 73.8, 76.9, 75.3, 76.1, 76.5, 76.5, 76.2]),
        row("ImageNet-9K", [32.9, 34.1, 29.1, 35.1, 33.5, 35.4, 36.4, 37.1, 37.5]),
        row("Places365", [51.2, 51.2, 49.9, 51.9, 52.0, 52.1, 52.4, 52.6, 52.1]),
        row("iNaturalist", [43.9, 45.3, 35.9, 49.0, 43.8, 46.4, 47.9, 49.7, 49.5]),
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
  table6: {
    kind: "table",
    source: "Yan et al., CVPR 2020, Table 6",
    setting: "ResNet-50, pre-trained on the 1.3 million images of ImageNet-1K without labels, " +
      "K = 16,000; best layer of each network",
    columns: ["Npre", "Npre 2x", "Ncf"],
    gains: true,
    groups: [
      {
        title: "RotNet",
        rows: [
          row("ImageNet-1K", [48.9, 50.0, 56.1]),
          row("VOC07", [63.9, 64.9, 70.9], "mAP"),
          row("Places205", [41.4, 42.9, 44.8]),
          row("iNaturalist", [23.0, 25.3, 28.4]),
        ],
      },
      {
        title: "Jigsaw",
        rows: [
          row("ImageNet-1K", [46.0, 45.1, 55.2]),
          row("VOC07", [66.1, 65.4, 69.5], "mAP"),
          row("Places205", [39.9, 38.7, 45.0]),
          row("iNaturalist", [22.1, 21.8, 29.8]),
        ],
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
