import { expect } from "expect";
import { figure5 } from "../../src/experiments/figure5.ts";
import { figure6 } from "../../src/experiments/figure6.ts";
import { figure7 } from "../../src/experiments/figure7.ts";
import { figure8 } from "../../src/experiments/figure8.ts";
import { table4 } from "../../src/experiments/table4.ts";
import { table5 } from "../../src/experiments/table5.ts";
import { byId, ofStage, toyGraph } from "../method/toy_experiment.ts";
import { toyClips } from "../method/toy_world.ts";

Deno.test("Table 4: each control has the teacher that the paper gives it, and longer training its epochs", () => {
  const nodes = byId(toyGraph(table4, { k: [5, 9], epochs: 3 }));
  expect(nodes["seed-0.npre2x"]?.config["epochs"]).toBe(6);
  expect(nodes["seed-0.distilled"]?.inputs["teacher.0"]?.id).toBe("seed-0.npre");
  expect(nodes["seed-0.distilled"]?.inputs["labels.0"]?.id).toBe("toy.labels");
  expect(nodes["seed-0.prototype"]?.inputs["labels.0"]?.inputs["labels"]?.id).toBe("toy.labels");
  const clusters = nodes["seed-0.k-9.ncf"]?.inputs["labels.0"];
  expect(clusters?.config["k"]).toBe(9);
  expect(clusters?.inputs["features"]?.inputs["network"]?.id).toBe("seed-0.npre");
});

Deno.test("Table 5: networks of clips, each control with the teacher that the paper gives it", () => {
  const nodes = byId(toyGraph(table5, { k: [5, 9], epochs: 3 }, toyClips()));
  const [npre, longer] = [nodes["seed-0.npre"], nodes["seed-0.npre2x"]];
  expect(npre?.config["arch"]).toBe("r2plus1d-small");
  expect(npre?.config["view"]).toEqual({ size: null, clips: 1, frames: 4 });
  expect(npre?.inputs["labels.0"]?.id).toBe("toy.labels");
  expect(longer?.config["epochs"]).toBe(6);
  expect(nodes["seed-0.distilled"]?.inputs["teacher.0"]).toBe(npre);
  expect(nodes["seed-0.distilled"]?.inputs["labels.0"]?.id).toBe("toy.labels");
  expect(nodes["seed-0.prototype"]?.inputs["labels.0"]?.inputs["labels"]?.id).toBe("toy.labels");
  const clusters = nodes["seed-0.k-9.ncf"]?.inputs["labels.0"];
  expect(clusters?.config["k"]).toBe(9);
  expect(clusters?.inputs["features"]?.inputs["network"]).toBe(npre);
  expect(clusters?.inputs["features"]?.config["view"]).toEqual({ size: null, clips: 5, frames: 4 });
});

Deno.test("Figure 5: students of one size, on the clusters of teachers of two", () => {
  const nodes = byId(toyGraph(figure5, { k: [5, 9], width: 8, larger: { width: 24 } }));
  const of = (id: string) => nodes[`seed-0.${id}`];
  const size = (id: string) => [of(id)?.config["arch"], of(id)?.config["width"]];
  const small = ["resnet10-small", 8];
  expect([size("npre"), size("k-5.same"), size("k-5.ncf")]).toEqual([small, small, small]);
  expect(size("larger")).toEqual(["resnet18-small", 24]);
  const teacher = (id: string) =>
    of(id)?.inputs["labels.0"]?.inputs["features"]?.inputs["network"]?.id;
  expect([teacher("k-5.same"), teacher("k-5.ncf")]).toEqual(["seed-0.npre", "seed-0.larger"]);
});

Deno.test("Figure 6: both clusterings are of the same features, one within the labels", () => {
  const nodes = byId(toyGraph(figure6, { k: [5, 9] }));
  const clusters = (arm: string) => nodes[`seed-0.k-5.${arm}`]?.inputs["labels.0"];
  expect(clusters("ncf")?.inputs["features"]).toBe(clusters("per-label")?.inputs["features"]);
  expect(clusters("ncf")?.inputs["labels"]).toBeUndefined();
  expect(clusters("per-label")?.inputs["labels"]?.id).toBe("toy.labels");
});

Deno.test("Figure 7: teachers of few labels and images, students of clusters of all images", () => {
  const graph = toyGraph(figure7, {
    ...{ labels: [2, 4], dpre: { images: 6, epochs: 5 }, epochs: 3, k: 9, seeds: [0, 1] },
  });
  const nodes = byId(graph);
  const of = (id: string) => nodes[`seed-0.${id}`];
  const teacher = of("labels-2.npre");
  expect([teacher?.config["epochs"], of("labels-2.ncf")?.config["epochs"]]).toEqual([5, 3]);
  for (const part of [teacher?.inputs["data"], teacher?.inputs["labels.0"]]) {
    expect(part?.config).toMatchObject({ labels: 2, rows: 6 });
    expect(part?.inputs["labels"]?.id).toBe("toy.labels");
  }
  const weak = of("weak");
  expect([weak?.inputs["data"]?.id, weak?.inputs["labels.0"]?.id]).toEqual(["toy", "toy.labels"]);
  expect(weak?.config["epochs"]).toBe(3);
  const student = of("labels-2.ncf");
  const clusters = student?.inputs["labels.0"];
  expect([student?.inputs["data"]?.id, clusters?.config["k"]]).toEqual(["toy", 9]);
  const features = clusters?.inputs["features"];
  expect([features?.inputs["data"]?.id, features?.inputs["network"]?.id]).toEqual([
    ...["toy", "seed-0.labels-2.npre"],
  ]);
  expect(ofStage(graph, "subset.images").length).toBe(2); // seeds share them
});

Deno.test("Figure 8: each teacher learns labels of its own kind, as many images of each", () => {
  const graph = toyGraph(figure8, {
    ...{ labels: ["hashtags", "modifiers"], dpre: { images: 6, epochs: 5 }, epochs: 3, k: [5, 9] },
  });
  const nodes = byId(graph);
  const of = (id: string) => nodes[`seed-0.${id}`];
  for (const [nature, id] of [["hashtags", "toy.labels"], ["modifiers", "toy.modifiers"]]) {
    const teacher = of(`labels-${nature}.npre`);
    expect(teacher?.config["epochs"]).toBe(5);
    for (const part of [teacher?.inputs["data"], teacher?.inputs["labels.0"]]) {
      expect(part?.config).toMatchObject({ labels: null, rows: 6 });
      expect(part?.inputs["labels"]?.id).toBe(id);
    }
    const student = of(`labels-${nature}.k-9.ncf`);
    const features = student?.inputs["labels.0"]?.inputs["features"];
    expect([student?.inputs["data"]?.id, features?.inputs["data"]?.id]).toEqual(["toy", "toy"]);
    expect(features?.inputs["network"]).toBe(teacher);
  }
  expect(of("weak")?.inputs["labels.0"]?.id).toBe("toy.labels");
});
