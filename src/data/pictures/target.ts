/** Targets of pictures as nodes: rows, their labels and their parts. */
import { type Node, node } from "../../pipeline/graph.ts";
import type { DataServices } from "../services.ts";
import type { Target } from "../target.ts";
import { publishedSpec } from "../published/list.ts";
import type { Collection } from "./collection.ts";
import { labelPictures, labelsConfig } from "./labels_stage.ts";
import { labelsOfNodes, partsOfNodes } from "./made_of.ts";
import { partPictures, partsConfig } from "./parts_stage.ts";
import type { TargetPlan } from "./target_plan.ts";

/** The rows of a collection, under this id; the same node for the same pictures. */
export type IndexOf = (
  collection: Collection,
  at: { readonly id: string; readonly title: string },
) => Node<"dataset", DataServices>;

/** The nodes of targets, by name, in the order of tables. `versions`: of the engine's packages that decide the bytes
 * of its files. */
export function pictureTargets(
  plans: readonly TargetPlan[],
  indexOf: IndexOf,
  versions: Readonly<Record<string, string>>,
): Readonly<Record<string, Target>> {
  return Object.fromEntries(plans.map((plan) => [plan.name, targetOf(plan, indexOf, versions)]));
}

function targetOf(
  plan: TargetPlan,
  indexOf: IndexOf,
  versions: Readonly<Record<string, string>>,
): Target {
  const { name, collection, labels: { kind } } = plan;
  const data = indexOf(collection, { id: `target.${name}`, title: `Index target: ${name}` });
  const labels = node(labelPictures(plan), {
    id: `target.${name}.labels`,
    title: `Label target: ${name}`,
    config: labelsConfig(plan, versions),
    inputs: { data },
  });
  const parts = node(partPictures(plan), {
    id: `target.${name}.parts`,
    title: `Split target: ${name}`,
    config: partsConfig(plan, versions),
    inputs: { data },
  });
  const probeEpochs = publishedSpec(collection.given)?.set.probeEpochs;
  labelsOfNodes.set(labels, plan);
  partsOfNodes.set(parts, plan);
  return {
    ...{ name, title: name, data, labels, parts },
    ...(kind === "single"
      ? { metric: "top-1", probe: "logistic" }
      : { metric: "mAP", probe: "one-vs-rest" }),
    ...(probeEpochs !== undefined && { probeEpochs }),
  };
}
