/** What an exported network is: the first words of its card. */
import { escape } from "../../report/markdown.ts";
import { count } from "../../results/count.ts";
import { titleAt } from "../../results/words.ts";
import { teacherOf } from "../clustering_facts.ts";
import { modelOf } from "../library.ts";
import type { CardInput } from "./input.ts";

/** The head of zeros that a pre-trained network is given (py/clusterfit/pretrained/network_file.py). */
const placeholder = "unused";

export function about(input: CardInput): string {
  const { record, summary, subject: { arm, network }, exported } = input;
  const { card: { arch, width }, features } = exported;
  const model = modelOf(arch);
  const size = width === null ? "" : ` of width ${width}`;
  const which = `${titleAt(arm, network.at, summary.study.axes)}, seed ${network.seed}`;
  return [
    `# ${model} · ${escape(record.title)}`,
    `A \`${model}\`${size} that makes ${count(features, "feature")} of a picture. ${origin(input)}`
      .trimEnd(),
    `In the run \`${record.id}\` it is ${escape(which)}: ${escape(arm.about)}.`,
  ].join("\n\n");
}

function origin({ record, summary, exported, clusterings: [clustering] }: CardInput): string {
  if (Object.hasOwn(exported.card.heads, placeholder)) {
    return "It came to the run without a classifier: its features are of use, its two logits are 0.";
  }
  if (!clustering) return "";
  const { clusters, dataset, usesLabels } = clustering;
  const teacher = escape(teacherOf(clustering, record, summary));
  return [
    `It was trained from scratch${usesLabels ? "" : ", without labels,"} to tell which of`,
    `${count(clusters.k, "cluster")} a picture of ${
      escape(dataset.title)
    } is in; what was clustered`,
    `are the features of ${teacher}${
      usesLabels ? ", with labels of the pictures" : ""
    } (ClusterFit, Yan et al., CVPR 2020). Its own features are what it`,
    "is for; its logits are numbers of clusters, without names.",
  ].join(" ");
}
