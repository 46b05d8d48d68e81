/** The paper's own numbers, for scale: ResNet-50, linear classifiers on fixed features, percent. */
import type { NetworkName, Summary } from "../method/summary.ts";

export interface PaperRow {
  readonly target: string;
  readonly metric: "top-1" | "mAP";
  readonly scores: Readonly<Record<NetworkName, number>>;
}

export interface PaperTable {
  readonly source: string;
  readonly setting: string;
  readonly groups: readonly { readonly teacher: string; readonly rows: readonly PaperRow[] }[];
}

const row = (
  target: string,
  npre: number,
  npre2x: number,
  ncf: number,
  metric: PaperRow["metric"] = "top-1",
): PaperRow => ({ target, metric, scores: { npre, npre2x, ncf } });

export const paperTables: Readonly<Record<Summary["teacher"], PaperTable>> = {
  rotnet: {
    source: "Yan et al., CVPR 2020, Table 6",
    setting: "ResNet-50, pre-trained on the 1.3 million images of ImageNet-1K without labels, " +
      "K = 16,000; best layer of each network",
    groups: [
      {
        teacher: "RotNet",
        rows: [
          row("ImageNet-1K", 48.9, 50.0, 56.1),
          row("VOC07", 63.9, 64.9, 70.9, "mAP"),
          row("Places205", 41.4, 42.9, 44.8),
          row("iNaturalist", 23.0, 25.3, 28.4),
        ],
      },
      {
        teacher: "Jigsaw",
        rows: [
          row("ImageNet-1K", 46.0, 45.1, 55.2),
          row("VOC07", 66.1, 65.4, 69.5, "mAP"),
          row("Places205", 39.9, 38.7, 45.0),
          row("iNaturalist", 22.1, 21.8, 29.8),
        ],
      },
    ],
  },
  hashtags: {
    source: "Yan et al., CVPR 2020, Table 4",
    setting: "ResNet-50, pre-trained on 1 billion images with 1,500 hashtags (IG-ImageNet-1B), " +
      "K = 15,000",
    groups: [{
      teacher: "Hashtags",
      rows: [
        row("ImageNet-1K", 78.0, 78.8, 76.5),
        row("ImageNet-9K", 32.9, 34.1, 37.1),
        row("Places365", 51.2, 51.2, 52.6),
        row("iNaturalist", 43.9, 45.3, 49.7),
      ],
    }],
  },
};
