/** A clustering in names and numbers, for people. */
import type { RunRecord } from "../pipeline/record.ts";
import type { Summary } from "../results/summary.ts";
import { sixDigits } from "../results/words.ts";
import type { Clustering } from "./clusterings.ts";

export function clusteringFacts(
  { clusters, layer, normalise }: Clustering,
): readonly (readonly [name: string, value: string])[] {
  const sizes = clusters.sizes.toSorted((a, b) => a - b);
  const shown = [sizes[0], sizes[sizes.length >> 1], sizes.at(-1)];
  return [
    ["K", text(clusters.k)],
    ["pictures", text(clusters.points)],
    ["distinct features", text(clusters.distinct)],
    ["empty clusters", text(clusters.empty)],
    ["smallest, median, largest", shown.map(text).join(", ")],
    ...objectiveOf(clusters),
    ["features of the layer", layer],
    ["l2-normalised before", normalise ? "yes" : "no"],
  ];
}

function objectiveOf(
  { objective, impurity }: Clustering["clusters"],
): readonly (readonly [name: string, value: string])[] {
  const sum = "sum of squared distances";
  if (impurity === undefined) return [[sum, sixDigits(objective)]];
  return [
    [`${sum}, and the weight times the next line`, sixDigits(objective)],
    ["pictures that a label drawn from their cluster gets wrong", sixDigits(impurity)],
  ];
}

function text(number: number | undefined): string {
  return number?.toLocaleString("en") ?? "";
}

/** Whose features were clustered, as the run calls it. */
export function teacherOf(
  { teacher }: Clustering,
  { nodes }: Pick<RunRecord, "nodes">,
  { networks, study }: Pick<Summary, "networks" | "study">,
): string {
  const id = networks.find(({ node }) => node === teacher)?.arm;
  const arm = study.arms.find((one) => one.id === id);
  if (arm) return `${arm.title}, ${arm.about}`;
  return nodes.find(({ id }) => id === teacher)?.title ?? teacher;
}
