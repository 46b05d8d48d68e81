/** A run of every stage in seconds, which faults are tried on. */
import { join } from "node:path";
import { publish } from "../../src/steps/publish.ts";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { buildGraph } from "../../src/method/graph.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import { resolve } from "../../src/method/resolve.ts";
import type { Engine } from "../../src/engine/mod.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import type { RunRecord } from "../../src/pipeline/record.ts";
import { executeRun } from "../../src/pipeline/run.ts";
import type { RunFolder } from "../../src/pipeline/store.ts";

const everyStage: RunRecord["asked"] = {
  ...{ images: 300, targetSize: 20, width: 8, epochs: 4, k: 10, seeds: [3], device: "cpu" },
  ...{ training: { batchSize: 64 }, clustering: { iterations: 3 } },
  probe: { layerBudget: 64, costs: [0.01] },
};

const small = "small";

export interface SmallRun {
  /** Runs or goes on in `out/small`, or with another `id`. */
  execute(
    out: string,
    onEvent?: (event: RunEvent) => void,
    id?: string,
  ): Promise<RunFolder>;
}

export async function smallRun(
  engine: Engine,
  asked: RunRecord["asked"] = everyStage,
): Promise<SmallRun> {
  const { versions, ...machine } = await engine.devices.describe();
  const config = parseConfig(defaultExperiment.schema, asked);
  const resolved = resolve(config, machine);
  const at = { config, scale: "" };
  const { study, nodes } = buildGraph(defaultExperiment, at, resolved, versions);
  const command = ["deno", "task", "fault"];
  return {
    execute: (out, onEvent, id = small) =>
      executeRun({
        out,
        record: { id, title: "A small run", command, asked, config, study, resolved },
        attempt: { command, versions, hardware: {} },
        nodes,
        workers: 1,
        services: () => Promise.resolve({ engine }),
        signal: new AbortController().signal,
        publish,
        ...(onEvent && { onEvent }),
      }),
  };
}

export const folderOf = (out: string) => join(out, small);
