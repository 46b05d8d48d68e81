/** Runs nodes through the pipeline, one at a time, in the run folder that the bench works in. */
import { join } from "node:path";
import type { DefaultConfig } from "../../src/experiments/default.ts";
import type { Resolved } from "../../src/method/resolve.ts";
import type { Services } from "../../src/method/services.ts";
import type { Engine } from "../../src/engine/mod.ts";
import type { Node } from "../../src/pipeline/graph.ts";
import { executeRun } from "../../src/pipeline/run.ts";

const id = "bench";

/** The one run folder under `out`. */
export const benchFolder = (out: string) => join(out, id);

/** Makes what is missing and returns the seconds of each node that ran, by its id. */
export async function runNodes(
  { out, config, resolved, nodes, engine }: {
    readonly out: string;
    readonly config: DefaultConfig;
    readonly resolved: Resolved;
    readonly nodes: readonly Node<string, Services>[];
    readonly engine: Engine;
  },
): Promise<ReadonlyMap<string, number>> {
  const command = ["deno", "task", "bench", "overhead"];
  const title = "Overhead of the bridge";
  const seconds = new Map<string, number>();
  await executeRun({
    out,
    record: { id, title, command, asked: {}, config, study: {}, resolved },
    attempt: { command, versions: {}, hardware: {} },
    nodes,
    workers: 1,
    services: () => Promise.resolve({ engine }),
    signal: new AbortController().signal,
    publish: () => Promise.resolve([]),
    onEvent(event) {
      if (event.type === "finished") seconds.set(event.node, event.seconds);
    },
  });
  return seconds;
}
