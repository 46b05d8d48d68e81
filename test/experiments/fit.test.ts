import { expect } from "expect";
import { fit } from "../../src/experiments/fit.ts";
import { byId, ofStage, toyGraph } from "../method/toy_experiment.ts";
import { toyWorld } from "../method/toy_world.ts";

const asked = { data: "/photos", arch: "resnet10-small" };

/** A world whose pictures have labels of their own. */
function labelled() {
  const world = toyWorld(["plants"]);
  return { ...world, labels: { own: world.labels["hashtags"]! } };
}

Deno.test("one network is trained on the labels of the pictures themselves, and probed on the targets", () => {
  const world = labelled();
  const graph = toyGraph(fit, { ...asked, target: { plants: "/plants" } }, world);
  const nodes = byId(graph);
  expect(ofStage(graph, "train").map(({ id }) => id)).toEqual(["seed-0.net"]);
  expect(nodes["seed-0.net"]?.config["objective"]).toMatchObject({ name: "labels" });
  expect(nodes["seed-0.net"]?.inputs["labels.0"]).toBe(world.labels.own);
  expect(ofStage(graph, "measure").map(({ id }) => id)).toEqual(["seed-0.net.plants"]);
  expect(ofStage(graph, "cluster")).toEqual([]);
  expect(graph.study.arms.map(({ id, role }) => [id, role])).toEqual([["net", "candidate"]]);
});

Deno.test("whether test pictures were trained on goes into the summary, where that can be counted", () => {
  const world = labelled();
  const config = { ...asked, target: { plants: "/plants" } };
  const summaryOf = (graph: ReturnType<typeof toyGraph>) => byId(graph)["summary"]!;
  expect(JSON.stringify(summaryOf(toyGraph(fit, config, world)).config)).not.toContain("overlap");
  const plants = world.targets["plants"]!;
  const overlap = { ...plants.data, id: "counted" } as unknown as NonNullable<
    typeof plants.overlap
  >;
  const targets = { plants: { ...plants, overlap } };
  const summary = summaryOf(toyGraph(fit, config, { ...world, targets }));
  expect(summary.inputs["counted"]).toBe(overlap);
  expect((summary.config["entries"] as unknown[]).at(-1)).toEqual({
    ...{ kind: "overlap", target: "plants", arm: "net", at: {}, seed: 0, node: "counted" },
  });
});

Deno.test("pictures without labels are refused before anything runs", () => {
  expect(() => toyGraph(fit, asked, toyWorld([]))).toThrow(
    "Cannot train on labels: it needs one for each picture, found none.",
  );
});
