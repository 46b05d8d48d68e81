import { expect } from "expect";
import { applySettings } from "../../src/cli/options.ts";
import fc from "fast-check";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { figure3 } from "../../src/experiments/figure3.ts";
import { own } from "../../src/experiments/own.ts";
import { armsOver, type Experiment } from "../../src/method/experiment.ts";
import { npre } from "../../src/method/arms/npre.ts";
import { rotation } from "../../src/method/objectives/rotation.ts";
import { asStored } from "../../src/models/view.ts";
import { buildGraph } from "../../src/method/graph.ts";
import { configKeys } from "../../src/method/config_keys.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import { resolve } from "../../src/method/resolve.ts";
import { seedFor } from "../../src/method/seed.ts";
import type { SummariseConfig } from "../../src/method/stages/summarise.ts";
import { inOrder, type Node, nodeKey } from "../../src/pipeline/graph.ts";
import type { Json, JsonObject } from "../../src/pipeline/json.ts";
import { versions } from "./fake_engine.ts";
import { byId, experimentOf, machine, ofStage, toyGraph } from "./toy_experiment.ts";
import { toyTarget, toyWorld } from "./toy_world.ts";

const seedOf = (node: Node<string, never> | undefined) => node?.config["seed"];

/** Node id -> key, as if every input had the hash of its own key. */
function keysOf(nodes: readonly Node<string, never>[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const node of inOrder(nodes)) {
    const inputs = Object.entries(node.inputs).map(([name, { id }]) => [name, `hash of ${id}`]);
    found[node.id] = nodeKey(node, Object.fromEntries(inputs));
  }
  return found;
}

Deno.test("a clustering says its K once, whether there are several or one", () => {
  const titles = (k: number[]) =>
    ofStage(toyGraph(defaultExperiment, { k }), "cluster").map(({ title }) => title);
  expect(titles([12])).toEqual(["Cluster, K = 12"]);
  expect(titles([5, 12])).toEqual(["Cluster, K 5", "Cluster, K 12"]);
});

Deno.test("the default job: three networks, one clustering, each network on each target", () => {
  const ids = Object.keys(byId(toyGraph(defaultExperiment)));
  const targets = ["held-out-families", "unseen-names", "emoji-identity", "emoji-category"];
  expect(ids.filter((id) => id.startsWith("seed-")).sort()).toEqual(
    [
      ...["npre", "npre.features", "npre2x", "ncf", "ncf.clusters", "ncf.sheet"],
      ...["npre", "npre2x", "ncf"].flatMap((arm) => targets.map((target) => `${arm}.${target}`)),
    ].map((id) => `seed-0.${id}`).sort(),
  );
});

Deno.test("the default job trains Npre 2x for the summed epochs, the others for one share", () => {
  const nodes = byId(toyGraph(defaultExperiment, { epochs: 7 }));
  const epochs = ["npre", "npre2x", "ncf"].map((arm) => nodes[`seed-0.${arm}`]?.config["epochs"]);
  expect(epochs).toEqual([7, 14, 7]);
});

Deno.test("training seeds are those of the run's seed and the arm's id, k-means has its own", () => {
  const nodes = byId(toyGraph(defaultExperiment, { seeds: [5] }));
  for (const arm of ["npre", "npre2x", "ncf"]) {
    expect(seedOf(nodes[`seed-5.${arm}`])).toBe(seedFor(5, arm));
  }
  expect(seedOf(nodes["seed-5.ncf.clusters"])).toBe(seedFor(5, "k-means"));
});

Deno.test("a Jigsaw teacher of icons reads them at 48 pixels, its Ncf as they are stored", () => {
  const nodes = byId(toyGraph(defaultExperiment, { teacher: "jigsaw", epochs: 7 }));
  for (const [arm, epochs] of [["npre", 7], ["npre2x", 14]] as const) {
    expect(nodes[`seed-0.${arm}`]?.config).toMatchObject({
      ...{ epochs, view: { size: 48 }, training: { shift: 3 } },
      objective: { name: "jigsaw", options: { permutations: 100, hidden: 128 } },
    });
  }
  expect(nodes["seed-0.npre.features"]?.config["view"]).toMatchObject({ size: 48 });
  expect(nodes["seed-0.ncf"]?.config["view"]).toMatchObject({ size: null });
});

Deno.test("hashtags train Npre and Npre 2x, and Ncf sees none", () => {
  const nodes = byId(toyGraph(defaultExperiment, { teacher: "hashtags" }));
  const labelsOf = (id: string) => nodes[id]?.inputs["labels.0"]?.id;
  expect(["npre", "npre2x", "ncf"].map((arm) => labelsOf(`seed-0.${arm}`))).toEqual([
    "toy.labels",
    "toy.labels",
    "seed-0.ncf.clusters",
  ]);
});

Deno.test("every layer is probed on the layer-wise target, the last one alone on the others", () => {
  const nodes = byId(toyGraph(defaultExperiment));
  const outputs = (target: string) => nodes[`seed-0.ncf.${target}`]?.config["outputs"];
  const last = { layer: "res5", budget: null };
  expect(outputs("unseen-names")).toEqual([last]);
  const layers = ["res2", "res3", "res4", "res5"].map((layer) => ({ layer, budget: 1024 }));
  expect(outputs("emoji-category")).toEqual([last, ...layers]);
});

Deno.test("the targets that are asked for are probed, and no others; one that there is not is refused", () => {
  const probed = (targets: string[]) =>
    ofStage(toyGraph(defaultExperiment, { targets }), "measure").map(({ id }) => id);
  expect(probed([])).toEqual([]);
  expect(probed(["unseen-names"]))
    .toEqual(["npre", "npre2x", "ncf"].map((arm) => `seed-0.${arm}.unseen-names`));
  expect(() => probed(["nowhere"])).toThrow(
    'Cannot probe on "nowhere": it needs a target of the data set, one of held-out-families, ',
  );
});

Deno.test("Figure 3 makes, per seed, 20 trainings, 4 extractions and 12 clusterings", () => {
  const world = toyWorld(["aligned-names", "emoji-identity", "unseen-names"]);
  const graph = toyGraph(figure3, { seeds: [1, 2, 3] }, world);
  const count = (stage: string) => ofStage(graph, stage).length / 3;
  expect({
    train: count("train"),
    extract: count("extract"),
    cluster: count("cluster"),
    "label-noise": count("label-noise"),
    measure: count("measure"),
  }).toEqual({ train: 20, extract: 4, cluster: 12, "label-noise": 3, measure: 60 });
});

Deno.test("Figure 3: teacher and distilled network see the same noisy labels, Ncf its teacher's clusters", () => {
  const world = toyWorld(["aligned-names", "emoji-identity", "unseen-names"]);
  const nodes = byId(toyGraph(figure3, { seeds: [1] }, world));
  const inputs = (id: string) =>
    Object.fromEntries(
      Object.entries(nodes[id]?.inputs ?? {}).map(([name, { id }]) => [name, id]),
    );
  const noisy = "seed-1.noise-50.npre.labels";
  expect(inputs("seed-1.noise-50.npre")).toEqual({ data: "toy", "labels.0": noisy });
  expect(inputs("seed-1.noise-50.distilled")).toEqual({
    data: "toy",
    "labels.0": noisy,
    "teacher.0": "seed-1.noise-50.npre",
  });
  expect(inputs("seed-1.noise-0.distilled")["labels.0"]).toBe("toy.labels");
  const clusters = "seed-1.noise-50.k-300.ncf.clusters";
  expect(inputs("seed-1.noise-50.k-300.ncf")["labels.0"]).toBe(clusters);
  expect(inputs(clusters)).toEqual({ features: "seed-1.noise-50.npre.features" });
  expect(nodes[clusters]?.config["k"]).toBe(300);
});

Deno.test("an arm starts from the same weights at every point", () => {
  const world = toyWorld(["aligned-names", "emoji-identity", "unseen-names"]);
  const trained = ofStage(toyGraph(figure3, { seeds: [1] }, world), "train");
  const seeds = Map.groupBy(trained, ({ serves }) => serves[0]?.arm);
  for (const [arm, nodes] of seeds) {
    expect(new Set(nodes.map(seedOf))).toEqual(new Set([seedFor(1, arm ?? "")]));
  }
});

Deno.test("a shared stage serves every arm and point that needs it", () => {
  const world = toyWorld(["aligned-names", "emoji-identity", "unseen-names"]);
  const nodes = byId(toyGraph(figure3, { seeds: [1] }, world));
  expect(nodes["seed-1.noise-75.npre.labels"]?.serves).toEqual([
    { arm: "npre", seed: 1, at: { noise: 75 } },
    { arm: "distilled", seed: 1, at: { noise: 75 } },
  ]);
  expect(nodes["seed-1.noise-75.npre.features"]?.serves).toEqual(
    [100, 300, 900].map((k) => ({ arm: "ncf", seed: 1, at: { noise: 75, k } })),
  );
});

Deno.test("the seeds of a run share its data, and nothing else", () => {
  const one = keysOf(toyGraph(defaultExperiment, { seeds: [1] }).nodes);
  const two = keysOf(toyGraph(defaultExperiment, { seeds: [1, 2] }).nodes);
  expect(one["toy"]).toBe(two["toy"]);
  expect(one["seed-1.ncf"]).toBe(two["seed-1.ncf"]);
  expect(two["seed-1.ncf"]).not.toBe(two["seed-2.ncf"]);
});

Deno.test("two phases of k-means are an experiment's where its config asks for them", () => {
  const clustering = { twoPhase: { subsample: 1000 } };
  for (
    const graph of [
      toyGraph(defaultExperiment, { clustering }),
      toyGraph(
        figure3,
        { clustering },
        toyWorld(["aligned-names", "emoji-identity", "unseen-names"]),
      ),
      toyGraph(own, { clustering, k: 5 }),
    ]
  ) {
    for (const { config } of ofStage(graph, "cluster")) {
      expect(config).toMatchObject({ iterations: 5, subsample: { rows: 1000, iterations: 30 } });
    }
    expect(ofStage(graph, "cluster").length).toBeGreaterThan(0);
  }
});

/** Configs that differ in what makes graphs differ. */
const configs = fc.record({
  seeds: fc.uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 3 }),
  noise: fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 3 }),
  k: fc.uniqueArray(fc.integer({ min: 2, max: 900 }), { minLength: 1, maxLength: 3 }),
});
const figureWorld = toyWorld(["aligned-names", "emoji-identity", "unseen-names"]);

Deno.test("in any graph scores, clusterings and networks belong to their arm, point and seed", () => {
  fc.assert(
    fc.property(configs, (config) => {
      const graph = toyGraph(figure3, config, figureWorld);
      const nodes = byId(graph);
      const { entries } = nodes["summary"]?.config as SummariseConfig;
      const networks = new Map(
        entries.filter(({ kind }) => kind === "network")
          .map(({ arm, seed, at, node }) => [JSON.stringify([arm, seed, at]), node]),
      );
      for (const { arm, seed, at, node, ...entry } of entries) {
        expect(nodes[node]?.serves).toContainEqual({ arm, seed, at });
        const network = networks.get(JSON.stringify([arm, seed, at]));
        if (entry.kind === "scores") {
          expect(nodes[node]?.inputs["network"]?.id).toBe(network);
          expect(nodes[node]?.inputs["data"]?.id).toBe(`target.${entry.target}`);
          expect(nodes[node]?.inputs["labels"]?.id).toBe(`target.${entry.target}.labels`);
        }
        if (entry.kind === "clustering") {
          expect(nodes[network ?? ""]?.inputs["labels.0"]?.id).toBe(node);
          expect(nodes[node]?.config["k"]).toBe(at["k"]);
          const teacher = networks.get(JSON.stringify(["npre", seed, { noise: at["noise"] }]));
          expect(nodes[node]?.inputs["features"]?.inputs["network"]?.id).toBe(teacher);
        }
      }
    }),
    { numRuns: 25 },
  );
});

Deno.test("in any graph no two arms of a seed, and no two seeds, are trained with the same seed", () => {
  fc.assert(
    fc.property(configs, (config) => {
      const trained = ofStage(toyGraph(figure3, config, figureWorld), "train");
      const bySeed = Map.groupBy(trained, seedOf);
      for (const nodes of bySeed.values()) {
        const owners = nodes.flatMap(({ serves }) =>
          serves.map(({ arm, seed }) => `${arm} ${seed}`)
        );
        expect(new Set(owners).size).toBe(1);
      }
    }),
    { numRuns: 25 },
  );
});

/** Another value for each key of a config. */
const others: Readonly<Record<string, Json>> = {
  teacher: "hashtags",
  k: 7,
  arch: "resnet18-small",
  width: 24,
  images: 9000,
  targetSize: 50,
  targets: ["unseen-names"],
  epochs: 3,
  seeds: [9],
  "training.batchSize": 64,
  "training.learningRate": 0.2,
  "training.warmupSteps": 5,
  "training.momentum": 0.8,
  "training.nesterov": false,
  "training.weightDecay": 0,
  "training.schedule": "halving",
  "training.recipe": "crop-flip",
  "training.shift": 1,
  "clustering.iterations": 3,
  "clustering.engine": "torch",
  "clustering.normalise": false,
  "probe.kind": "sgd",
  "probe.costs": [0.5],
  "probe.layerBudget": 2048,
  "probe.sgd.learningRates": [0.5],
  "probe.sgd.epochs": 3,
  "probe.sgd.batchSize": 64,
  "probe.sgd.momentum": 0.8,
  "probe.sgd.weightDecay": 0,
  "probe.sgd.drops": 3,
  "probe.svm.costs": [0.5],
  "probe.svm.folds": 5,
  precision: "bfloat16",
  threads: 3,
  noise: [10],
  names: 50,
  "distillation.temperature": 5,
  "distillation.alpha": 0.5,
};

/** Keys whose value decides nothing of what a stage makes, by the experiment. */
const inNoKey: Readonly<Record<string, readonly string[]>> = {
  default: ["workers"],
  figure3: ["workers", "probe.layerBudget"], // it probes the last layer only
};
/** Keys of which there is one value only here: one data set, and no GPU. */
const oneValue = new Set(["data", "device"]);

for (const experiment of [defaultExperiment, figure3]) {
  Deno.test(`${experiment.name}: every key of the config reaches a key of a stage, or is known not to`, () => {
    const one = experiment as unknown as Experiment; // whichever it is: its config is its own
    const { schema } = one;
    const build = (given: JsonObject) => {
      const config = parseConfig(schema, { images: 8700, threads: 1, ...given });
      const graph = buildGraph(one, { config, scale: "" }, resolve(config, machine), versions);
      return new Set(Object.values(keysOf(graph.nodes)));
    };
    const defaults = parseConfig(schema, {}) as unknown as JsonObject;
    for (const key of configKeys(defaults)) {
      if (oneValue.has(key)) continue;
      const value = key === "workers" ? 1 : others[key];
      expect({ key, tried: value !== undefined }).toEqual({ key, tried: true });
      // what is set of one kind of probe matters where that one is chosen
      const kind = key.match(/^probe\.(sgd|svm)\./)?.[1];
      const chosen = kind === undefined ? [] : [{ key: "probe.kind", value: kind }];
      const before = build(applySettings({}, chosen));
      const after = build(applySettings({}, [...chosen, { key, value: value ?? null }]));
      const changed = after.difference(before).size > 0;
      expect({ key, changed }).toEqual({ key, changed: !inNoKey[experiment.name]?.includes(key) });
    }
  });
}

/** Ids of the nodes whose own key another version changes. */
function changedBy(change: Partial<typeof versions>): string[] {
  const config = parseConfig(defaultExperiment.schema, {});
  const build = (installed: typeof versions) =>
    keysOf(
      buildGraph(defaultExperiment, { config, scale: "" }, resolve(config, machine), installed)
        .nodes,
    );
  const [before, after] = [build(versions), build({ ...versions, ...change })];
  return Object.keys(before).filter((id) => before[id] !== after[id]);
}

const stagesOf = (ids: readonly string[]) => {
  const config = parseConfig(defaultExperiment.schema, {});
  const nodes = byId(
    buildGraph(defaultExperiment, { config, scale: "" }, resolve(config, machine), versions),
  );
  return [...new Set(ids.map((id) => nodes[id]?.stage.name))].sort();
};

Deno.test("another PyTorch changes the key of all that computes with it", () => {
  expect(stagesOf(changedBy({ torch: "1.1" }))).toEqual(["cluster", "extract", "measure", "train"]);
});

Deno.test("another FAISS changes the key of the clustering alone", () => {
  expect(changedBy({ faiss: "3.1" })).toEqual(["seed-0.ncf.clusters"]);
});

Deno.test("another safetensors changes the key of all that writes tensors", () => {
  expect(stagesOf(changedBy({ safetensors: "4.1" }))).toEqual([
    ...["cluster", "extract", "icons.pretraining", "icons.target", "icons.target-labels"],
    ...["icons.target-parts", "train"],
  ]);
});

Deno.test("buildGraph() needs every version that decides something", () => {
  const { faiss: _, ...some } = versions;
  const config = parseConfig(defaultExperiment.schema, {});
  const given = { world: toyWorld(), networks: {} };
  expect(() =>
    buildGraph(defaultExperiment, { config, scale: "" }, resolve(config, machine), some, given)
  ).toThrow("the version of faiss");
});

Deno.test("rows of a target that have several sizes are read at its side where a network reads rows as they are stored", () => {
  const world = {
    ...toyWorld(),
    targets: { plain: toyTarget("plain"), photos: { ...toyTarget("photos"), readAt: 32 } },
  };
  const arm = armsOver();
  const graphOf = (size: number | null) =>
    byId(toyGraph(
      experimentOf((_, learner) => ({
        targets: ["plain", "photos"],
        arms: {
          npre: arm({
            recipe: () =>
              npre({
                ...{ ...learner, view: { ...asStored, size } },
                ...{ kind: "RotNet", task: "rotations", objective: rotation },
              }),
          }),
        },
      })),
      { images: 20, k: 5, epochs: 1 },
      world,
    ));
  const sizes = (size: number | null) =>
    ["plain", "photos"].map((name) =>
      (graphOf(size)[`seed-0.npre.${name}`]?.config["view"] as { size: number | null }).size
    );
  expect(sizes(null)).toEqual([null, 32]);
  expect(sizes(64)).toEqual([64, 64]);
});
