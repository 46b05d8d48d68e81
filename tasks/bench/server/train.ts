/** A training as a process of its own: prints the seconds that its trainings took, once it is done. */
import { join } from "node:path";
import { defaultExperiment } from "../../../src/experiments/default.ts";
import { startEngine } from "../../../src/engine/mod.ts";
import { buildGraph } from "../../../src/method/graph.ts";
import { parseConfig } from "../../../src/method/parse_config.ts";
import { resolve } from "../../../src/method/resolve.ts";
import type { RunEvent } from "../../../src/pipeline/events.ts";
import { executeRun } from "../../../src/pipeline/run.ts";
import { publish } from "../../../src/steps/publish.ts";

const [out = "", id = "", epochs = "1"] = Deno.args;
const engine = await startEngine();
const { versions, ...machine } = await engine.devices.describe();
const asked = {
  ...{ images: 1000, targetSize: 20, epochs: Number(epochs), k: 10, seeds: [3], device: "cpu" },
  ...{ clustering: { iterations: 3 }, probe: { layerBudget: 64, costs: [0.01] } },
};
const config = parseConfig(defaultExperiment.schema, asked);
const resolved = resolve(config, machine);
const { study, nodes } = buildGraph(defaultExperiment, { config, scale: "" }, resolved, versions);
const command = ["deno", "task", "bench", "server"];
const trainings = new Set(nodes.filter(({ stage }) => stage.name === "train").map(({ id }) => id));
let seconds = 0;
await executeRun({
  out: join(out),
  record: { id, title: "A training", command, asked, config, study, resolved },
  attempt: { command, versions, hardware: {} },
  nodes,
  workers: 1,
  services: () => Promise.resolve({ engine }),
  signal: new AbortController().signal,
  publish,
  onEvent: (event: RunEvent) => {
    if (event.type === "finished" && trainings.has(event.node)) seconds += event.seconds;
  },
});
console.log(JSON.stringify({ seconds }));
Deno.exit(0);
