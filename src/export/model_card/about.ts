/** What an exported network is: the first words of its card. */
import { escape } from "../../report/markdown.ts";
import { count } from "../../results/count.ts";
import { titleAt } from "../../results/words.ts";
import { teacherOf } from "../clustering_facts.ts";
import type { Clustering } from "../clusterings.ts";
import { modelOf } from "../library.ts";
import type { CardInput } from "./input.ts";

export function about({ record, summary, subject, exported, clusterings }: CardInput): string {
  const { arm, network } = subject;
  const { card: { arch, width }, features } = exported;
  const model = modelOf(arch);
  const [clustering] = clusterings;
  const size = width === null ? "" : ` of width ${width}`;
  const which = `${titleAt(arm, network.at, summary.study.axes)}, seed ${network.seed}`;
  return [
    `# ${model} · ${escape(record.title)}`,
    `A \`${model}\`${size} that makes ${count(features, "feature")} of a picture. ` +
    (clustering
      ? onClusters(clustering, teacherOf(clustering, record, summary))
      : `${escape(arm.about)}.`),
    `It is ${escape(which)}, of the run \`${record.id}\`.`,
  ].join("\n\n");
}

function onClusters({ clusters, dataset }: Clustering, teacher: string): string {
  return `It was trained from scratch, without labels, to tell which of ` +
    `${count(clusters.k, "cluster")} a picture of ${
      escape(dataset.title)
    } is in: those of the features of ` +
    `${
      escape(teacher)
    } (ClusterFit, Yan et al., CVPR 2020). The features are what it is for; its logits ` +
    `are numbers of clusters, without names.`;
}
