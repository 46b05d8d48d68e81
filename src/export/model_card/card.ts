/** The model card: `README.md` as the Hub reads it. */
import { stageOrigins } from "../../pipeline/origins.ts";
import { layerOf } from "../../report/best_layers.ts";
import { code, escape, table } from "../../report/markdown.ts";
import { shellCommand, withoutOutput } from "../../report/shell.ts";
import { overlapText } from "../../report/overlap_notes.ts";
import { count } from "../../results/count.ts";
import { featureNote } from "../../results/feature_measures.ts";
import { clusteringFacts } from "../clustering_facts.ts";
import { licencesOf } from "../licences.ts";
import { about } from "./about.ts";
import type { CardInput } from "./input.ts";
import { featuresTable, scoresTable } from "./scores.ts";
import { usage } from "./usage.ts";

export function modelCard(input: CardInput): string {
  const sections = [frontMatter, about, use, scores, clusters, data, made, citation];
  return sections.map((section) => section(input)).filter((text) => text !== "").join("\n\n") +
    "\n";
}

function frontMatter({ library, license, formats }: CardInput): string {
  const loads = library?.loaders.includes("timm") ? "timm" : "pytorch";
  const tags = ["clusterfit", "self-supervised", ...formats.includes("onnx") ? ["onnx"] : []];
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

function use(input: CardInput): string {
  return `## Use it\n\n${usage(input)}`;
}

type Scored = Pick<CardInput, "summary" | "subject">;

export function scores({ summary, subject }: Scored): string {
  return [targets({ summary, subject }), features({ summary, subject })]
    .filter((text) => text !== "").join("\n\n");
}

function targets({ summary, subject }: Scored): string {
  const rows = scoresTable(summary, subject);
  if (rows === "") return "";
  const { seeds } = summary.study;
  const over = seeds.length > 1
    ? `; mean ± sample standard deviation over the seeds ${seeds.join(", ")} where no seed is named`
    : "";
  const about = [
    `Percent of linear probes on the frozen features of ${layerOf(summary)}, on test rows${over}.`,
    ...trainedOn({ summary, subject }).map(escape),
  ].join(" ");
  return `## Scores\n\n${about}\n\n${rows}`;
}

/** Sentences on which test pictures the network was trained on, as far as that was counted. */
function trainedOn({ summary: { study, targets }, subject }: Scored): string[] {
  if (subject.arm.task === null) {
    return ["Which pictures this network was trained on before the run is not known here."];
  }
  return targets.flatMap(({ seen, ...target }) =>
    seen === undefined ? [] : overlapText({ ...target, seen }, study)
  );
}

function features({ summary, subject }: Scored): string {
  const rows = featuresTable(summary, subject);
  return rows === "" ? "" : `## Features\n\n${featureNote}\n\n${rows}`;
}

function clusters({ clusterings }: CardInput): string {
  return clusterings.map((clustering, at) =>
    `## Clusters${at > 0 ? ` ${at + 1}` : ""}\n\n${
      table(
        ["k-means", ""],
        clusteringFacts(clustering).map(([name, value]) => [name, escape(value)]),
      )
    }`
  ).join("\n\n");
}

function data({ clusterings }: CardInput): string {
  const [clustering] = clusterings;
  if (!clustering) return "";
  const { title, rows } = clustering.dataset;
  const licences = licencesOf(clustering.dataset);
  return `## Data

${escape(title)}: ${count(rows, "picture")}. ${
    licences === undefined
      ? "Their licences are not known here: ask their owners before you share the network or the \
pictures."
      : "They are drawn from:\n\n" +
        table(["set", "licence"], licences.map(({ title, licence }) => [escape(title), licence]))
  }`;
}

function made({ record, events, subject, versions }: CardInput): string {
  const origin = stageOrigins(events).get(subject.network.node);
  const names = new Set([...Object.keys(origin?.versions ?? {}), ...Object.keys(versions)]);
  return `## How it was made

${code("sh", shellCommand(withoutOutput(record.command)))}

${
    table(
      ["version of", "in training", "in export"],
      [...names].map((name) => [name, origin?.versions[name] ?? "", versions[name] ?? ""]),
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
