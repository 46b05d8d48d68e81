/** A training as a process of its own: prints the seconds that its trainings took, once it is done. */
import { join } from "node:path";
import { defaultExperiment } from "../../../src/experiments/default.ts";
import { startEngine } from "../../../src/engine/mod.ts";
import { buildGraph } from "../../../src/method/graph.ts";
import { parseConfig } from "../../../src/method/parse_config.ts";
import { resolve } from "../../../src/method/resolve.ts";
import type { RunEvent } from "../../../src/pipeline/events.ts";
import { parseRecord } from "../../../src/pipeline/record.ts";
import { executeRun } from "../../../src/pipeline/run.ts";
import { publish } from "../../../src/steps/publish.ts";

const [out = "", id = "", epochs = "1"] = Deno.args;
const engine = await startEngine();
const { versions, ...machine } = await engine.devices.describe();
const asked = {
  ...{ images: 1000, targetSize: 20, epochs: Number(epochs), k: 10, seeds: [3], device: "cpu" },
  ...{ clustering: { iterations: 3 }, probe: { layerBudget: 256, costs: [0.01] } },
};
const config = parseConfig(defaultExperiment.schema, asked);
const resolved = resolve(config, machine);
const { study, nodes } = buildGraph(defaultExperiment, { config, scale: "" }, resolved, versions);
const command = ["deno", "task", "bench", "server"];
const took = new Map<string, number>();
await executeRun({
  out,
  record: { id, title: "A training", command, asked, config, study, resolved },
  attempt: { command, versions, hardware: {} },
  nodes,
  workers: 1,
  services: () => Promise.resolve({ engine }),
  signal: new AbortController().signal,
  publish,
  onEvent: (event: RunEvent) => {
    if (event.type === "finished") took.set(event.node, event.seconds);
  },
});
const record = parseRecord(await Deno.readTextFile(join(out, id, "run.json")));
const trainings = record.nodes.filter(({ stage }) => stage === "train");
const seconds = trainings.reduce((sum, { id }) => sum + took.get(id)!, 0);
console.log(JSON.stringify({ seconds }));
Deno.exit(0);
