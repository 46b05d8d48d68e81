import { expect } from "expect";
import { figure3 } from "../../src/experiments/figure3.ts";
import { own } from "../../src/experiments/own.ts";
import { withTargets } from "../../src/experiments/with_targets.ts";
import type { Experiment } from "../../src/method/experiment.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import { byId, ofStage, toyGraph } from "../method/toy_experiment.ts";
import { toyWorld } from "../method/toy_world.ts";

const experiment = withTargets(figure3 as Experiment);
const asked = { noise: 0, k: 5, target: { pets: "/pets" } };
const own3 = ["aligned-names", "emoji-identity", "unseen-names"];

Deno.test("every arm is probed on the user's pictures behind the experiment's own targets; nothing else differs", () => {
  const graph = toyGraph(experiment, asked, toyWorld([...own3, "pets"]));
  expect(graph.study.targets.map(({ name }) => name)).toEqual([...own3, "pets"]);
  expect(ofStage(graph, "measure").filter(({ id }) => id.endsWith(".pets")).length).toBe(3);
  const { target: _, ...plain } = asked;
  const before = byId(toyGraph(figure3, plain, toyWorld(own3)));
  const after = byId(graph);
  for (const [id, node] of Object.entries(before)) {
    if (id !== "summary") expect([id, after[id]?.config]).toEqual([id, node.config]);
  }
});

Deno.test("pictures are asked for by their names, as large as icons", () => {
  const config = parseConfig(experiment.schema, asked);
  expect(experiment.pictures?.(config, {})).toMatchObject({
    targets: { pets: "/pets" },
    options: { decoding: { side: 32 } },
  });
  expect(() => parseConfig(experiment.schema, { targt: {} })).toThrow("Did you mean");
});

Deno.test("an experiment with pictures of its own, or on other data, takes no targets", () => {
  expect(() => withTargets(own as unknown as Experiment)).toThrow(
    "Cannot add targets to own: it needs an experiment on icons, beside which pictures can be read, found pictures of ",
  );
  const config = { ...parseConfig(experiment.schema, asked), data: "clips" };
  expect(() => experiment.check(config)).toThrow("found data clips");
});
