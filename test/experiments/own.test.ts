import { expect } from "expect";
import { own } from "../../src/experiments/own.ts";
import { recipes } from "../../src/method/recipes.ts";
import type { NetworkFile } from "../../src/models/network_file.ts";
import { byId, ofStage, toyGraph } from "../method/toy_experiment.ts";
import { toyWorld } from "../method/toy_world.ts";

const teacher: NetworkFile = {
  ...{ path: "teacher.safetensors", sha256: "ab", title: "a ViT", size: 224 },
  backbone: { arch: "timm:some_vit", width: null },
  heads: { labels: 1000 },
  preprocessing: {
    ...{ resize: 256, interpolation: "bicubic" },
    ...{ mean: [0.4, 0.4, 0.4], std: [0.2, 0.2, 0.2] },
  },
  layers: { "blocks.1": 384, pooled: 384 },
};

const asked = { data: "/photos", teacher: "timm:some_vit", arch: "resnet10-small", k: 5 };

function graphOf(more = {}, targets = ["plants"]) {
  return toyGraph(own, { ...asked, ...more }, toyWorld(targets), { teacher });
}

Deno.test("a given teacher is imported, its last layer clustered, and a student trained on the clusters", () => {
  const graph = graphOf();
  const nodes = byId(graph);
  expect(graph.study.arms.map(({ id, role }) => [id, role])).toEqual([
    ["teacher", "teacher"],
    ["ncf", "candidate"],
  ]);
  expect(nodes["seed-0.teacher"]?.config).toMatchObject({
    ...{ sha256: "ab", arch: "timm:some_vit" },
    versions: { timm: "8" },
  });
  expect(nodes["seed-0.teacher.features"]?.config).toMatchObject({
    layer: "pooled",
    view: { size: 224, preprocessing: teacher.preprocessing },
    batchSize: 16,
  });
  expect(nodes["seed-0.ncf"]?.config).toMatchObject({ view: { size: 32 }, arch: "resnet10-small" });
  expect(ofStage(graph, "measure").map(({ id, config }) => [id, config["outputs"]])).toEqual([
    ["seed-0.teacher.plants", [{ layer: "pooled", budget: null }]],
    ["seed-0.ncf.plants", [{ layer: "res5", budget: null }]],
  ]);
});

const videoTeacher: NetworkFile = {
  ...teacher,
  ...{ title: "an R(2+1)D", size: 112, backbone: { arch: "r2plus1d-34", width: 64 } },
};

Deno.test("a teacher of clips may read more frames than its student", () => {
  const config = {
    ...{ ...asked, arch: "r2plus1d-18", clips: { frames: 8, teacherFrames: 32 } },
  };
  const nodes = byId(toyGraph(own, config, toyWorld([]), { teacher: videoTeacher }));
  expect(nodes["seed-0.teacher.features"]?.config).toMatchObject({
    view: { size: 112, frames: 32, clips: 6, preprocessing: teacher.preprocessing },
  });
  expect(nodes["seed-0.ncf"]?.config).toMatchObject({
    view: { size: 112, frames: 8, clips: 1 },
    training: { augmentation: { flip: true } },
  });
});

Deno.test("a teacher of clips teaches no student of pictures, nor the other way round", () => {
  const taught = (arch: string, teacher: NetworkFile) => () =>
    toyGraph(own, { ...asked, arch }, toyWorld([]), { teacher });
  expect(taught("resnet18", videoTeacher)).toThrow(
    "Cannot teach resnet18 by an R(2+1)D: it needs two networks that both read pictures, found a teacher of clips.",
  );
  expect(taught("r2plus1d-18", teacher)).toThrow("both read clips, found a teacher of pictures.");
});

Deno.test("the version of the library that lays a student out is in its key", () => {
  const config = byId(graphOf({ arch: "timm:resnet18" }))["seed-0.ncf"]?.config;
  expect(config).toMatchObject({ width: null, versions: { timm: "8", torch: "1" } });
  expect(byId(graphOf())["seed-0.ncf"]?.config["versions"]).not.toHaveProperty("timm");
});

Deno.test("another layer of the teacher is clustered where one is named", () => {
  const clusters = byId(graphOf({ layer: "blocks.1" }))["seed-0.ncf"]?.inputs["labels.0"];
  expect(clusters?.inputs["features"]?.config["layer"]).toBe("blocks.1");
});

Deno.test("the RotNet control is trained here, clustered at its own last layer, and judged against", () => {
  const graph = graphOf({ controls: ["rotnet"] });
  const nodes = byId(graph);
  expect(graph.study.arms.map(({ id, title, role }) => [id, title, role])).toEqual([
    ["teacher", "Teacher", "teacher"],
    ["rotnet", "RotNet", "control"],
    ["ncf-rotnet", "Ncf of RotNet", "control"],
    ["ncf", "Ncf", "candidate"],
  ]);
  expect(nodes["seed-0.rotnet.features"]?.config["layer"]).toBe("res5");
  expect(nodes["seed-0.ncf-rotnet"]?.inputs["labels.0"]?.inputs["features"]?.id)
    .toBe("seed-0.rotnet.features");
  expect(nodes["seed-0.ncf"]?.inputs["labels.0"]?.inputs["features"]?.id)
    .toBe("seed-0.teacher.features");
});

Deno.test("a Jigsaw teacher learns puzzles of larger pictures than the student reads, which are stored so", () => {
  const jigsaw = { data: "/photos", teacher: "jigsaw", arch: "resnet18", k: 5 };
  const sideOf = (more = {}) =>
    own.pictures?.(own.schema.parse({ ...jigsaw, ...more }), {}).options.decoding.side;
  expect([sideOf(), sideOf({ size: 64 }), sideOf({ teacher: "rotnet" })]).toEqual([255, 72, 224]);
  // targets beside icons that are read as they are stored stay as large
  expect(sideOf({ data: "icons", size: 32 })).toBe(32);

  const graph = toyGraph(own, { ...jigsaw, controls: ["rotnet"] }, toyWorld(["plants"]), {});
  const nodes = byId(graph);
  expect(graph.study.arms.map(({ id, role }) => [id, role])).toEqual([
    ...[["teacher", "teacher"], ["rotnet", "control"]],
    ...[["ncf-rotnet", "control"], ["ncf", "candidate"]],
  ]);
  expect(graph.study.title).toBe("ClusterFit from a Jigsaw teacher");
  expect(nodes["seed-0.teacher"]?.config).toMatchObject({
    view: { size: 255 },
    training: { augmentation: recipes.square },
    objective: { name: "jigsaw", options: { permutations: 2000, hidden: 1000 } },
  });
  for (const id of ["features", "plants"]) {
    expect(nodes[`seed-0.teacher.${id}`]?.config["view"]).toMatchObject({ size: 224 });
  }
  expect(nodes["seed-0.ncf"]?.config).toMatchObject({
    view: { size: 224 },
    training: { augmentation: recipes["crop-flip"] },
  });
  const asked = byId(toyGraph(
    own,
    { ...jigsaw, training: { recipe: "simclr" } },
    toyWorld([]),
    {},
  ));
  expect(asked["seed-0.teacher"]?.config["training"])
    .toMatchObject({ augmentation: recipes.simclr });
  const icons = toyGraph(
    own,
    { ...jigsaw, data: "icons", size: 32, targets: [] },
    toyWorld([]),
    {},
  );
  expect(byId(icons)["seed-0.teacher"]?.config).toMatchObject({
    view: { size: 48 },
    training: { shift: 3 },
    objective: { options: { permutations: 100 } },
  });
});

Deno.test("without a teacher of one's own, RotNet is it; without a target nothing is probed", () => {
  const graph = toyGraph(own, { data: "/photos", arch: "resnet10-small", k: 5 }, toyWorld([]));
  expect(ofStage(graph, "train").map(({ id }) => id)).toEqual(["seed-0.teacher", "seed-0.ncf"]);
  expect(ofStage(graph, "measure")).toEqual([]);
});

Deno.test("all seeds share a given teacher: it is imported, extracted and probed once", () => {
  const graph = graphOf({ seeds: [1, 2, 3] });
  expect(ofStage(graph, "import-network").length).toBe(1);
  expect(ofStage(graph, "extract").length).toBe(1 + 3); // the teacher, and each seed's student
  expect(ofStage(graph, "train").length).toBe(3);
  expect(ofStage(graph, "measure").length).toBe(4);
});

Deno.test("every arm has measures that need no labels, the student's beside the teacher's", () => {
  const graph = graphOf({}, []);
  expect(ofStage(graph, "effective-rank").map(({ id }) => id))
    .toEqual(["seed-0.teacher.effective-rank", "seed-0.ncf.effective-rank"]);
  expect(ofStage(graph, "neighbour-agreement").map(({ id }) => id))
    .toEqual(["seed-0.ncf.neighbours.teacher"]);
});

Deno.test("a run is called after its teacher", () => {
  const prefix = (teacher: string) => own.prefix(own.schema.parse({ teacher }));
  expect(["timm:vit_small.lvd142m", "/home/me/My Net.safetensors", "::"].map(prefix))
    .toEqual(["vit-small-lvd142m", "my-net-safetensors", "own"]);
});

Deno.test("pictures are cropped for training to what the student reads; icons are moved as they are stored", () => {
  const training = (data: string) =>
    byId(graphOf({ data, targets: [] }))["seed-0.ncf"]?.config["training"];
  expect(training("/photos")).toMatchObject({ augmentation: recipes["crop-flip"] });
  expect(training("icons")).toMatchObject({ shift: 3 });
});

Deno.test("more clusters than pictures are refused before anything runs", () => {
  const world = { ...toyWorld([]), rows: 4 };
  expect(() => toyGraph(own, asked, world, { teacher })).toThrow(
    "k-means needs k <= number of images, found k = 5 and images = 4",
  );
});
