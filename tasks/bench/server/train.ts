/** A training as a process of its own: prints the seconds that its trainings took, once it is done. */
import { startEngine } from "../../../src/engine/mod.ts";
import { smallRun } from "../../lib/small_run.ts";

const [out = "", id = "", epochs = "1"] = Deno.args;
const engine = await startEngine();
const run = await smallRun(engine, {
  ...{ images: 1000, targetSize: 20, epochs: Number(epochs), k: 10, seeds: [3], device: "cpu" },
  ...{ clustering: { iterations: 3 }, probe: { layerBudget: 256, costs: [0.01] } },
});
const took = new Map<string, number>();
const { record } = await run.execute(out, (event) => {
  if (event.type === "finished") took.set(event.node, event.seconds);
}, id);
const trainings = record.nodes.filter(({ stage }) => stage === "train");
const seconds = trainings.reduce((sum, { id }) => sum + took.get(id)!, 0);
console.log(JSON.stringify({ seconds }));
Deno.exit(0);
