/** What is timed: the stages of one seed, from the icons to Ncf's scores, and the data they start from. */
import { type DefaultConfig, defaultExperiment } from "../../src/experiments/default.ts";
import { buildGraph } from "../../src/method/graph.ts";
import type { Resolved } from "../../src/method/resolve.ts";
import type { Services } from "../../src/method/services.ts";
import type { Versions } from "../../src/method/versions.ts";
import { inOrder, type Node } from "../../src/pipeline/graph.ts";

export const stageNames = ["npre", "features", "clusters", "ncf", "transfer"] as const;
export type StageName = (typeof stageNames)[number];

type AnyNode = Node<string, Services>;

export interface BenchGraph {
  /** Rendered once, before anything is timed. */
  readonly data: readonly AnyNode[];
  readonly stages: Readonly<Record<Exclude<StageName, "transfer">, AnyNode>>;
  /** Ncf on each target, by the target's name. */
  readonly transfer: Readonly<Record<string, AnyNode>>;
}

/** The first seed's part of the graph that `deno task clusterfit` runs. */
export function benchGraph(
  config: DefaultConfig,
  resolved: Resolved,
  versions: Versions,
): BenchGraph {
  const graph = buildGraph(defaultExperiment, { config, scale: "" }, resolved, versions);
  const nodes = inOrder(graph.nodes);
  const seed = `seed-${config.seeds[0] ?? 0}`;
  const byId = (id: string) => {
    const found = nodes.find((node) => node.id === `${seed}.${id}`);
    if (!found) throw new Error(`Cannot time "${id}": the graph of a run has no such node.`);
    return found;
  };
  const ofNobody = nodes.filter(({ id, serves }) => serves.length === 0 && id !== "summary");
  return {
    data: ofNobody,
    stages: {
      npre: byId("npre"),
      features: byId("npre.features"),
      clusters: byId("ncf.clusters"),
      ncf: byId("ncf"),
    },
    transfer: Object.fromEntries(
      graph.study.targets.map(({ name }) => [name, byId(`ncf.${name}`)]),
    ),
  };
}

/** The nodes that a stage of this bench consists of. */
export function nodesOf({ stages, transfer }: BenchGraph, name: StageName): readonly AnyNode[] {
  return name === "transfer" ? Object.values(transfer) : [stages[name]];
}
