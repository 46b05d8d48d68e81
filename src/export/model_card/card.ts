/** The model card: `README.md` as the Hub reads it. */
import type { NetworkCard } from "../../models/network.ts";
import type { RunEvent } from "../../pipeline/events.ts";
import { stageOrigins } from "../../pipeline/origins.ts";
import type { RunRecord } from "../../pipeline/record.ts";
import { shellCommand, withoutOutput } from "../../report/shell.ts";
import { count } from "../../results/count.ts";
import type { Summary } from "../../results/summary.ts";
import { pointText } from "../../results/words.ts";
import type { Clustering } from "../clusterings.ts";
import type { Format } from "../formats.ts";
import type { Library } from "../library.ts";
import { licencesOf, type Licensed } from "../licences.ts";
import type { Reading } from "../reading.ts";
import type { Subject } from "../subject.ts";
import { code, inline, table } from "./markdown.ts";
import { scoresTable } from "./scores.ts";
import { usage } from "./usage.ts";

export interface CardInput {
  readonly record: RunRecord;
  readonly events: readonly RunEvent[];
  readonly summary: Summary;
  readonly subject: Subject;
  readonly card: NetworkCard;
  readonly library: Library;
  readonly reading: Reading;
  readonly features: number;
  readonly outputs: number;
  readonly clusterings: readonly Clustering[];
  readonly formats: readonly Format[];
  /** The Hub's name of a licence; null where the user named none. */
  readonly license: string | null;
  /** Of the packages that wrote the files. */
  readonly versions: Readonly<Record<string, string>>;
}

export function modelCard(input: CardInput): string {
  const sections = [about, use, scores, clusters, data, made, citation];
  return [frontMatter(input), ...sections.map((section) => section(input))]
    .filter((text) => text !== "").join("\n\n") + "\n";
}

function frontMatter({ library, license, formats }: CardInput): string {
  const loads = library.loaders.includes("timm") ? "timm" : "pytorch";
  const tags = [
    "clusterfit",
    "self-supervised",
    loads,
    ...formats.includes("onnx") ? ["onnx"] : [],
  ];
  return [
    "---",
    ...license === null
      ? ["license: other", "license_name: not-stated"]
      : [`license: ${JSON.stringify(license)}`],
    `library_name: ${loads}`,
    "pipeline_tag: image-feature-extraction",
    "tags:",
    ...tags.map((tag) => `  - ${tag}`),
    "---",
  ].join("\n");
}

function about(
  { record, summary, subject, card, library, features, clusterings }: CardInput,
): string {
  const { arm, network } = subject;
  const [clustering] = clusterings;
  const where = [pointText(network.at, summary.study.axes), `seed ${network.seed}`].filter(Boolean)
    .join(", ");
  const width = card.width === null ? "" : ` of width ${card.width}`;
  const trained = clustering === undefined ? `${arm.about}.` : `trained from scratch, without \
labels, to tell which of ${
    count(clustering.clusters.k, "cluster")
  } a picture is in. The clusters are \
those of the features of ${
    teacherOf(record, summary, clustering)
  } (ClusterFit, Yan et al., CVPR 2020).`;
  return `# ${library.model} · ${record.title}

A ${inline(library.model)}${width} that gives ${
    features.toLocaleString("en")
  } features of a picture, \
${trained} ${
    clustering === undefined
      ? ""
      : "Its features are what it is for; its logits are numbers of clusters, without names."
  }

It is ${arm.title} (${where}) of the run ${inline(record.id)}.`;
}

/** The teacher, as its own run calls it. */
function teacherOf(
  record: RunRecord,
  { networks, study }: Summary,
  { teacher }: Clustering,
): string {
  const arm = networks.find(({ node }) => node === teacher)?.arm;
  const known = study.arms.find(({ id }) => id === arm);
  if (known) return `${known.title} (${known.about})`;
  return record.nodes.find(({ id }) => id === teacher)?.title ?? teacher;
}

function use(input: CardInput): string {
  return `## Use it\n\n${usage(input)}`;
}

function scores({ summary, subject }: CardInput): string {
  const rows = scoresTable(summary, subject);
  if (rows === "") return "";
  return `## Scores

Percent, of linear probes on the frozen features of the last layer, on the test rows; mean ± sample \
standard deviation over the seeds ${
    summary.study.seeds.join(", ")
  } where there are several. The targets \
were not used to train this network.

${rows}`;
}

function clusters({ clusterings }: CardInput): string {
  return clusterings.map((clustering, at) => {
    const { clusters, layer, normalise } = clustering;
    const sizes = clusters.sizes.toSorted((a, b) => a - b);
    return `## Clusters${at > 0 ? ` ${at + 1}` : ""}

${
      table(["", ""], [
        ["K", clusters.k.toLocaleString("en")],
        ["pictures", clusters.points.toLocaleString("en")],
        ["with features of their own", clusters.distinct.toLocaleString("en")],
        ["clusters without a picture", clusters.empty.toLocaleString("en")],
        [
          "sizes: smallest, median, largest",
          [sizes[0], sizes[sizes.length >> 1], sizes.at(-1)].map((size) =>
            size?.toLocaleString("en")
          )
            .join(", "),
        ],
        ["sum of squared distances (float64)", String(clusters.objective)],
        ["of layer", layer],
        ["features l2-normalised first", normalise ? "yes" : "no"],
      ])
    }`;
  }).join("\n\n");
}

function data({ clusterings }: CardInput): string {
  const [clustering] = clusterings;
  if (!clustering) return "";
  const { dataset } = clustering;
  const licences = licencesOf(dataset);
  return `## Data

${dataset.title}: ${count(dataset.rows, "picture")}, without labels. ${
    licences === undefined
      ? "Under which licences they may be used, this export does not know: ask their owners before you \
share the network or the pictures."
      : `They are drawn from\n\n${licencesTable(licences)}`
  }`;
}

function licencesTable(licences: readonly Licensed[]): string {
  return table(["set", "licence"], licences.map(({ title, licence }) => [title, licence]));
}

function made({ record, events, subject, versions }: CardInput): string {
  const origin = stageOrigins(events).get(subject.network.node);
  const names = [...new Set([...Object.keys(origin?.versions ?? {}), ...Object.keys(versions)])];
  return `## How it was made

${code("sh", shellCommand(withoutOutput(record.command)))}

${
    table(
      ["version of", "when it was trained", "when it was exported"],
      names.map((name) => [name, origin?.versions[name] ?? "", versions[name] ?? ""]),
    )
  }`;
}

function citation(): string {
  return `## Citation

${
    code(
      "bibtex",
      `
@inproceedings{yan2020clusterfit,
  title = {{ClusterFit}: Improving Generalization of Visual Representations},
  author = {Yan, Xueting and Misra, Ishan and Gupta, Abhinav and Ghadiyaram, Deepti and Mahajan, Dhruv},
  booktitle = {CVPR},
  year = {2020}
}`,
    )
  }`;
}
