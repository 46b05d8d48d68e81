import { expect } from "expect";
import { ncf } from "../../src/method/arms/ncf.ts";
import { npre } from "../../src/method/arms/npre.ts";
import { armsOver } from "../../src/method/experiment.ts";
import { rotation } from "../../src/method/objectives/rotation.ts";
import { type FakeEngine, fakeEngine } from "./fake_engine.ts";
import { runToSummary } from "./run_graph.ts";
import { experimentOf, toyGraph } from "./toy_experiment.ts";

const compared = (labelFree?: boolean) =>
  experimentOf((_, learner) => {
    const arm = armsOver<{ k: number }>();
    return {
      ...(labelFree && { labelFree }),
      axes: [{ name: "k", title: "K", unit: "", values: [2, 3] }],
      targets: [],
      arms: {
        npre: arm({
          recipe: () =>
            npre({ ...learner, kind: "RotNet", task: "rotations", objective: rotation }),
        }),
        ncf: arm({
          on: ["npre"],
          axes: ["k"],
          recipe: ({ k }, { npre }) =>
            ncf({
              ...learner,
              ...{ teachers: [npre], layer: "res4", k, iterations: 2, normalise: true },
            }),
        }),
      },
    };
  });

/** The network whose features these are. */
function networkOf(engine: FakeEngine, features: unknown): unknown {
  return engine.maker(String(features).split(".")[0]).args[0];
}

Deno.test("each arm's features are measured alone, and compared with its teacher's", async () => {
  const engine = fakeEngine();
  const graph = toyGraph(compared(true), { seeds: [3], images: 20, epochs: 1 });
  const { summary } = await runToSummary(graph, engine);
  expect(summary.missing).toEqual([]);
  const found = summary.measurements.map(({ arm, at, metric, reference, target, part, layer }) => [
    ...[arm, at["k"], metric, reference, target, part, layer],
  ]);
  const rank = ["effective-rank", undefined, null, "all", "res5"];
  const near = ["neighbour-agreement", "npre", null, "all", "res5"];
  expect(found).toEqual([
    ["npre", undefined, ...rank],
    ["ncf", 2, ...rank],
    ["ncf", 2, ...near],
    ["ncf", 3, ...rank],
    ["ncf", 3, ...near],
  ]);
  for (const { args: [own, other, options] } of engine.of("neighbours")) {
    const [mine, teachers] = [networkOf(engine, own), networkOf(engine, other)];
    expect(mine).not.toBe(teachers);
    expect(options).toMatchObject({ neighbours: 10, limit: 5000 });
    const objective = engine.maker(engine.maker(teachers).args[2]);
    expect(objective.args[0]).toBe("rotation");
  }
});

Deno.test("nothing of it is in a graph that does not ask for it", () => {
  const graph = toyGraph(compared(), { seeds: [3], images: 20, epochs: 1 });
  const text = JSON.stringify(graph.nodes.map(({ id, config }) => [id, config]));
  expect(text).not.toContain("measures");
});
