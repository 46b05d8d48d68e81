/** What is timed: the stages of one seed, from the icons to Ncf's scores, and the data they start from. */
import type { Config } from "../../src/method/config.ts";
import { buildGraph } from "../../src/method/graph.ts";
import type { Resolved } from "../../src/method/resolve.ts";
import type { Services } from "../../src/method/services.ts";
import { seedInputs } from "../../src/method/stages/summarise.ts";
import type { Versions } from "../../src/method/versions.ts";
import { inOrder, type Node } from "../../src/pipeline/graph.ts";

export const stageNames = ["npre", "features", "clusters", "ncf", "transfer"] as const;
export type StageName = (typeof stageNames)[number];

type AnyNode = Node<string, Services>;

export interface BenchGraph {
  /** Rendered once, before anything is timed. */
  readonly data: readonly AnyNode[];
  readonly stages: Readonly<Record<StageName, AnyNode>>;
}

/** The first seed's part of the graph that `deno task clusterfit` runs. */
export function benchGraph(config: Config, resolved: Resolved, versions: Versions): BenchGraph {
  const nodes = inOrder(buildGraph(config, resolved, versions));
  const byId = (id: string) => {
    const found = nodes.find((node) => node.id === id);
    if (!found) throw new Error(`the graph of a run has no node "${id}"`);
    return found;
  };
  const seed = config.seeds[0] ?? 0;
  const names = seedInputs(seed);
  return {
    data: nodes.filter(({ kind }) => kind === "images" || kind === "target"),
    stages: {
      npre: byId(names.network("npre")),
      features: byId(`seed-${seed}.features`),
      clusters: byId(names.clusters),
      ncf: byId(names.network("ncf")),
      transfer: byId(names.scores("ncf")),
    },
  };
}
