/** Experiments that nobody has written yet: each takes a few lines, and no other file. */
import { expect } from "expect";
import type { World } from "../../src/data/world.ts";
import { defaultExperiment } from "../../src/experiments/default.ts";
import type { MadeArm, Recipe } from "../../src/method/arm.ts";
import { consensus } from "../../src/method/arms/consensus.ts";
import { distilled } from "../../src/method/arms/distilled.ts";
import { given } from "../../src/method/arms/given.ts";
import { ncf } from "../../src/method/arms/ncf.ts";
import { npre } from "../../src/method/arms/npre.ts";
import { prototype } from "../../src/method/arms/prototype.ts";
import { rounds } from "../../src/method/arms/rounds.ts";
import { regressed } from "../../src/method/arms/regressed.ts";
import { armsOver } from "../../src/method/experiment.ts";
import { plain } from "../../src/method/label_sources.ts";
import { paperDistillation } from "../../src/method/objectives/distillation.ts";
import { jigsaw, smallJigsaw } from "../../src/method/objectives/jigsaw.ts";
import { labels } from "../../src/method/objectives/labels.ts";
import { rotation } from "../../src/method/objectives/rotation.ts";
import { seedFor } from "../../src/method/seed.ts";
import type { Learner } from "../../src/method/training.ts";
import type { NetworkFile } from "../../src/models/network_file.ts";
import { asStored } from "../../src/models/view.ts";
import { UserError } from "../../src/pipeline/errors.ts";
import { byId, experimentOf, ofStage, toyGraph } from "./toy_experiment.ts";
import { toyData, toyLabels } from "./toy_world.ts";

const arm = armsOver<{ teacher: string }>();
const clustering = { layer: "res5", k: 5, iterations: 3, normalise: true };
const rotnet = (learner: Learner) =>
  npre({ ...learner, kind: "RotNet", task: "rotations", objective: rotation });
const names = (learner: Learner, world: World) =>
  npre({
    ...{ ...learner, kind: "names", task: "names" },
    objective: () => labels([world.labels["hashtags"]!]),
  });
const network: NetworkFile = {
  ...{ path: "teacher.safetensors", sha256: "00", title: "ResNet-50" },
  backbone: { arch: "resnet50", width: 64 },
  heads: { labels: 1000 },
  size: 224,
  preprocessing: {
    ...{ resize: 256, interpolation: "bilinear" },
    ...{ mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] },
  },
  layers: { res4: 1024, res5: 2048 },
};
const onClusters = (learner: Learner, teachers: readonly MadeArm[]) =>
  ncf({ ...learner, ...clustering, teachers });
/** The network of this arm on a teacher of rotations, which is of a pretext task. */
const onRotations = (recipe: (learner: Learner, teacher: MadeArm, world: World) => Recipe) =>
  experimentOf((world, learner) => ({
    arms: {
      teacher: arm({ recipe: () => rotnet(learner) }),
      student: arm({
        on: ["teacher"],
        recipe: (_, { teacher }) => recipe(learner, teacher, world),
      }),
    },
  }));
const inputsOf = (graph: Parameters<typeof byId>[0], id: string) =>
  Object.fromEntries(
    Object.entries(byId(graph)[id]?.inputs ?? {}).map(([name, { id }]) => [name, id]),
  );

Deno.test("two teachers: a clustering of each, a head for each", () => {
  const graph = toyGraph(experimentOf((world, learner) => ({
    arms: {
      rotnet: arm({ recipe: () => rotnet(learner) }),
      names: arm({ recipe: () => names(learner, world) }),
      both: arm({
        on: ["rotnet", "names"],
        recipe: (_, { rotnet, names }) => onClusters(learner, [rotnet, names]),
      }),
    },
  })));
  expect(inputsOf(graph, "seed-0.both")).toEqual({
    data: "toy",
    "labels.0": "seed-0.both.clusters",
    "labels.1": "seed-0.both.clusters-2",
  });
  expect(inputsOf(graph, "seed-0.both.clusters")).toEqual({ features: "seed-0.rotnet.features" });
  expect(inputsOf(graph, "seed-0.both.clusters-2")).toEqual({ features: "seed-0.names.features" });
});

Deno.test("two teachers: the layer of each is clustered, and both start k-means alike", () => {
  const both = (layer: readonly string[]) =>
    toyGraph(experimentOf((world, learner) => ({
      arms: {
        rotnet: arm({ recipe: () => rotnet(learner) }),
        names: arm({ recipe: () => names(learner, world) }),
        both: arm({
          on: ["rotnet", "names"],
          recipe: (_, { rotnet, names }) =>
            ncf({ ...learner, ...clustering, teachers: [rotnet, names], layer }),
        }),
      },
    })));
  const nodes = byId(both(["res4", "res5"]));
  expect(["rotnet", "names"].map((arm) => nodes[`seed-0.${arm}.features`]?.config["layer"]))
    .toEqual(["res4", "res5"]);
  const seeds = ["clusters", "clusters-2"].map((id) => nodes[`seed-0.both.${id}`]?.config["seed"]);
  expect(new Set(seeds)).toEqual(new Set([seedFor(0, "k-means")]));
  expect(() => both(["res4"])).toThrow(
    "Cannot cluster the features of 2 teachers: it needs a layer of each, found 1.",
  );
});

Deno.test("a Jigsaw teacher makes puzzles as large as it is told, and is asked whole images by its own view", () => {
  const view = { ...asStored, size: 48 };
  const large = { ...asStored, size: 54 };
  const graph = toyGraph(experimentOf((_, learner) => ({
    arms: {
      puzzles: arm({
        recipe: () =>
          npre({
            ...{ ...learner, view, kind: "Jigsaw", task: "puzzles" },
            objective: () => jigsaw({ permutations: 7, hidden: 9, view: large }),
          }),
      }),
      student: arm({ on: ["puzzles"], recipe: (_, { puzzles }) => onClusters(learner, [puzzles]) }),
    },
  })));
  const nodes = byId(graph);
  expect(nodes["seed-0.puzzles"]?.config).toMatchObject({
    view: large,
    objective: { name: "jigsaw", options: { permutations: 7, hidden: 9 } },
  });
  expect(inputsOf(graph, "seed-0.puzzles")).toEqual({ data: "toy" });
  for (const id of ["features", "unseen-names"]) {
    expect(nodes[`seed-0.puzzles.${id}`]?.config["view"]).toEqual(view);
  }
  expect(nodes["seed-0.student"]?.config["view"]).toEqual(asStored);
});

Deno.test("a Jigsaw teacher is not distilled", () => {
  const distil = () =>
    toyGraph(experimentOf((world, learner) => ({
      arms: {
        puzzles: arm({
          recipe: () =>
            npre({
              ...{ ...learner, kind: "Jigsaw", task: "puzzles" },
              objective: () => jigsaw(smallJigsaw),
            }),
        }),
        distilled: arm({
          on: ["puzzles"],
          recipe: (_, { puzzles }) =>
            distilled({
              ...{ ...learner, ...paperDistillation, teacher: puzzles },
              labels: plain(world.labels["hashtags"]!),
            }),
        }),
      },
    })));
  expect(distil).toThrow(UserError);
  expect(distil).toThrow("Cannot distil this teacher");
});

Deno.test("ClusterFit twice: the second one clusters the features of the first", () => {
  const graph = toyGraph(experimentOf((_, learner) => ({
    arms: {
      teacher: arm({ recipe: () => rotnet(learner) }),
      once: arm({ on: ["teacher"], recipe: (_, { teacher }) => onClusters(learner, [teacher]) }),
      twice: arm({ on: ["once"], recipe: (_, { once }) => onClusters(learner, [once]) }),
    },
  })));
  expect(inputsOf(graph, "seed-0.twice.clusters")).toEqual({ features: "seed-0.once.features" });
  expect(inputsOf(graph, "seed-0.once.features")["network"]).toBe("seed-0.once");
  expect(ofStage(graph, "train").length).toBe(3);
});

Deno.test("rounds of ClusterFit, for each K: each clusters the network of the one before at its K", () => {
  const graph = toyGraph(experimentOf((_, learner) => ({
    axes: [{ name: "k", title: "K", unit: "", values: [3, 5] }],
    arms: {
      npre: arm({ recipe: () => rotnet(learner) }),
      ...rounds({
        ...{ rounds: 3, teacher: "npre", id: "ncf", axes: ["k"] },
        recipe: ({ k }, before, round) =>
          ncf({
            ...{ ...learner, ...clustering, k: Number(k), teachers: [before] },
            ...{ epochs: 10 * round, title: `Ncf, round ${round}` },
          }),
      }),
    },
  })));
  const nodes = byId(graph);
  expect(ofStage(graph, "train").length).toBe(1 + 3 * 2);
  for (const k of [3, 5]) {
    const before = ["npre", `k-${k}.ncf`, `k-${k}.ncf-2`];
    ["ncf", "ncf-2", "ncf-3"].forEach((id, at) => {
      const round = `seed-0.k-${k}.${id}`;
      expect(inputsOf(graph, `${round}.clusters`)).toEqual({
        features: `seed-0.${before[at]}.features`,
      });
      expect(inputsOf(graph, `seed-0.${before[at]}.features`)["network"])
        .toBe(`seed-0.${before[at]}`);
      expect(nodes[`${round}.clusters`]?.config["k"]).toBe(k);
      expect(inputsOf(graph, round)).toEqual({ data: "toy", "labels.0": `${round}.clusters` });
      expect(nodes[round]?.config).toMatchObject({ epochs: 10 * (at + 1), seed: seedFor(0, id) });
    });
  }
  expect(graph.study.arms.map(({ title }) => title))
    .toEqual(["Npre", "Ncf, round 1", "Ncf, round 2", "Ncf, round 3"]);
});

Deno.test("a teacher that is larger than its student, and clustered at res4", () => {
  const graph = toyGraph(experimentOf((_, learner) => {
    const large = { arch: "resnet18-small", width: 32 };
    return {
      arms: {
        large: arm({ recipe: () => rotnet({ ...learner, backbone: large }) }),
        small: arm({
          on: ["large"],
          recipe: (_, { large }) =>
            ncf({ ...learner, ...clustering, teachers: [large], layer: "res4" }),
        }),
      },
    };
  }));
  const nodes = byId(graph);
  expect(nodes["seed-0.large"]?.config).toMatchObject({ arch: "resnet18-small", width: 32 });
  expect(nodes["seed-0.small"]?.config).toMatchObject({ arch: "resnet10-small", width: 16 });
  expect(nodes["seed-0.large.features"]?.config["layer"]).toBe("res4");
  expect(inputsOf(graph, "seed-0.small")).toEqual({
    data: "toy",
    "labels.0": "seed-0.small.clusters",
  });
});

Deno.test("a given teacher that reads 224 pixels, its student 32: no training of it, no curve", () => {
  const graph = toyGraph(experimentOf((_, learner) => ({
    arms: {
      big: arm({
        recipe: () =>
          given({
            title: "Given",
            file: network,
          }),
      }),
      small: arm({ on: ["big"], recipe: (_, { big }) => onClusters(learner, [big]) }),
      regressed: arm({
        on: ["big"],
        recipe: (_, { big }) => regressed({ ...learner, teacher: big }),
      }),
    },
  })));
  const nodes = byId(graph);
  expect(nodes["seed-0.big"]?.stage.name).toBe("import-network");
  expect(nodes["seed-0.big.features"]?.config["view"]).toMatchObject({ size: 224 });
  expect(nodes["seed-0.small"]?.config["view"]).toMatchObject({ size: null });
  expect(nodes["seed-0.small.unseen-names"]?.config["view"]).toMatchObject({ size: null });
  expect(nodes["seed-0.big.unseen-names"]?.config["view"]).toMatchObject({ size: 224 });
  expect(nodes["seed-0.regressed"]?.config["teacherViews"]).toMatchObject([{ size: 224 }]);
  expect(graph.study.arms.map(({ id, task }) => [id, task === null])).toEqual([
    ["big", true],
    ["small", false],
    ["regressed", false],
  ]);
  const entries = nodes["summary"]?.config["entries"] as { kind: string; trained?: boolean }[];
  expect(entries.filter(({ kind }) => kind === "network").map(({ trained }) => trained))
    .toEqual([false, true, true]);
});

Deno.test("Dpre other than Dcf: the teacher trains on one, what is clustered and learnt is the other", () => {
  const graph = toyGraph(experimentOf((_, learner) => ({
    arms: {
      teacher: arm({ recipe: () => rotnet({ ...learner, data: toyData("dpre", 10) }) }),
      student: arm({ on: ["teacher"], recipe: (_, { teacher }) => onClusters(learner, [teacher]) }),
    },
  })));
  expect(inputsOf(graph, "seed-0.teacher")["data"]).toBe("dpre");
  expect(inputsOf(graph, "seed-0.teacher.features")["data"]).toBe("toy");
  expect(inputsOf(graph, "seed-0.student")["data"]).toBe("toy");
});

Deno.test("res4: its features are clustered", () => {
  const graph = toyGraph(
    onRotations((learner, teacher) =>
      ncf({ ...learner, ...clustering, layer: "res4", teachers: [teacher] })
    ),
  );
  expect(byId(graph)["seed-0.teacher.features"]?.config["layer"]).toBe("res4");
});

Deno.test("per-label clusters: the labels of Dcf go into the clustering", () => {
  const graph = toyGraph(
    onRotations((learner, teacher, world) =>
      ncf({ ...learner, ...clustering, within: toyLabels(world.data, 4), teachers: [teacher] })
    ),
  );
  expect(ofStage(graph, "cluster-per-label").map(({ id }) => id)).toEqual([
    "seed-0.student.clusters",
  ]);
  expect(inputsOf(graph, "seed-0.student.clusters")).toEqual({
    features: "seed-0.teacher.features",
    labels: "toy.labels",
  });
});

Deno.test("prototypes: the labels and the teacher's features give the ids that the network learns", () => {
  const graph = toyGraph(experimentOf((world, learner) => ({
    arms: {
      teacher: arm({ recipe: () => names(learner, world) }),
      prototype: arm({
        on: ["teacher"],
        recipe: (_, { teacher }) =>
          prototype({
            ...learner,
            ...{
              teacher,
              labels: plain(world.labels["hashtags"]!),
              layer: "res4",
              normalise: false,
            },
          }),
      }),
    },
  })));
  expect(inputsOf(graph, "seed-0.prototype")["labels.0"]).toBe("seed-0.prototype.clusters");
  expect(inputsOf(graph, "seed-0.prototype.clusters")).toEqual({
    features: "seed-0.teacher.features",
    labels: "toy.labels",
  });
  expect(inputsOf(graph, "seed-0.prototype.sheet")).toEqual({
    data: "toy",
    clusters: "seed-0.prototype.clusters",
  });
  const nodes = byId(graph);
  expect(nodes["seed-0.teacher.features"]?.config["layer"]).toBe("res4");
  expect(nodes["seed-0.prototype.clusters"]).toMatchObject({
    stage: { name: "prototypes" },
    config: { normalise: false, engine: "faiss", device: "cpu" },
  });
  const entries = nodes["summary"]?.config["entries"] as { kind: string; node: string }[];
  expect(entries.filter(({ kind }) => kind === "clustering").map(({ node }) => node))
    .toEqual(["seed-0.prototype.clusters"]);
});

Deno.test("neither prototypes nor distillation of a teacher of a pretext task, by the paper's reason", () => {
  const labelled = (world: World) => plain(world.labels["hashtags"]!);
  const both = {
    "Cannot make prototypes of this teacher": onRotations((learner, teacher, world) =>
      prototype({
        ...learner,
        ...{ teacher, labels: labelled(world), layer: "res5", normalise: true },
      })
    ),
    "Cannot distil this teacher": onRotations((learner, teacher, world) =>
      distilled({
        ...learner,
        ...{ teacher, labels: labelled(world), temperature: 20, alpha: 0.75 },
      })
    ),
  };
  for (const [message, experiment] of Object.entries(both)) {
    expect(() => toyGraph(experiment)).toThrow(UserError);
    expect(() => toyGraph(experiment)).toThrow(message);
  }
});

Deno.test("what was trained on clusters of such a teacher tells what is in an image, and may be distilled", () => {
  const graph = toyGraph(experimentOf((world, learner) => ({
    arms: {
      teacher: arm({ recipe: () => rotnet(learner) }),
      ncf: arm({ on: ["teacher"], recipe: (_, { teacher }) => onClusters(learner, [teacher]) }),
      distilled: arm({
        on: ["ncf"],
        recipe: (_, { ncf }) =>
          distilled({
            ...learner,
            ...{
              teacher: ncf,
              labels: plain(world.labels["hashtags"]!),
              temperature: 2,
              alpha: 0.5,
            },
          }),
      }),
    },
  })));
  expect(inputsOf(graph, "seed-0.distilled")["teacher.0"]).toBe("seed-0.ncf");
});

Deno.test("an imported network with the head of a pretext task is one of such a task", () => {
  const file = (heads: Record<string, number>) => ({ ...network, heads });
  const pretext = (heads: Record<string, number>) => {
    let made: MadeArm | undefined;
    toyGraph(experimentOf((_, learner) => ({
      arms: {
        big: arm({ recipe: () => given({ title: "Big", file: file(heads) }) }),
        small: arm({
          on: ["big"],
          recipe(_, { big }) {
            made = big;
            return onClusters(learner, [big!]);
          },
        }),
      },
    })));
    return made?.pretext;
  };
  expect([pretext({ rotation: 4 }), pretext({ jigsaw: 2000 }), pretext({ labels: 4 })])
    .toEqual([true, true, false]);
});

Deno.test("consensus: one head on what the clusterings of all teachers and starts agree on", () => {
  const graph = toyGraph(experimentOf((world, learner) => ({
    arms: {
      rotnet: arm({ recipe: () => rotnet(learner) }),
      names: arm({ recipe: () => names(learner, world) }),
      agreed: arm({
        on: ["rotnet", "names"],
        recipe: (_, { rotnet, names }) =>
          consensus({
            ...{ ...learner, ...clustering, teachers: [rotnet, names], layer: ["res4", "res5"] },
            consensus: 2,
          }),
      }),
      // shares the first clustering
      single: arm({
        on: ["names"],
        recipe: (_, { names }) => onClusters(learner, [names]),
      }),
    },
  })));
  const nodes = byId(graph);
  expect(inputsOf(graph, "seed-0.agreed")).toEqual({
    data: "toy",
    "labels.0": "seed-0.agreed.consensus",
  });
  expect(inputsOf(graph, "seed-0.agreed.sheet")["clusters"]).toBe("seed-0.agreed.consensus");
  const given = inputsOf(graph, "seed-0.agreed.consensus");
  expect(Object.keys(given)).toEqual([0, 1, 2, 3].map((at) => `clusters.${at}`));
  const whose = Object.values(given).map((id) => {
    const { seed, k } = nodes[id!]!.config;
    const features = nodes[id!]?.inputs["features"];
    const network = features?.inputs["network"]?.id;
    return { network, layer: features?.config["layer"], seed, k };
  });
  const first = seedFor(0, "k-means");
  const second = seedFor(0, "k-means 2");
  expect(whose).toEqual([
    { network: "seed-0.rotnet", layer: "res4", seed: first, k: 5 },
    { network: "seed-0.rotnet", layer: "res4", seed: second, k: 5 },
    { network: "seed-0.names", layer: "res5", seed: first, k: 5 },
    { network: "seed-0.names", layer: "res5", seed: second, k: 5 },
  ]);
  expect(nodes["seed-0.agreed.consensus"]?.config).toMatchObject({
    ...{ k: 5, seed: seedFor(0, "consensus") },
  });
  expect(inputsOf(graph, "seed-0.single")["labels.0"]).toBe(given["clusters.2"]);
  const entries = nodes["summary"]?.config["entries"] as { kind: string; node: string }[];
  expect(entries.filter(({ kind }) => kind === "clustering").map(({ node }) => node))
    .toEqual(["seed-0.agreed.consensus", given["clusters.2"]]);
});

Deno.test("consensus of one clustering is that clustering, and of an Ncf's starts it is what it learns", () => {
  const graph = (starts?: number) =>
    toyGraph(experimentOf((_, learner) => ({
      arms: {
        teacher: arm({ recipe: () => rotnet(learner) }),
        ncf: arm({
          on: ["teacher"],
          recipe: (_, { teacher }) =>
            ncf({
              ...{ ...learner, ...clustering, teachers: [teacher] },
              ...(starts !== undefined && { consensus: starts }),
            }),
        }),
        agreed: arm({
          on: ["teacher"],
          recipe: (_, { teacher }) => consensus({ ...learner, ...clustering, teachers: [teacher] }),
        }),
      },
    })));
  expect(ofStage(graph(), "consensus")).toEqual([]);
  expect(inputsOf(graph(), "seed-0.agreed")["labels.0"]).toBe("seed-0.ncf.clusters");
  expect(inputsOf(graph(3), "seed-0.ncf")["labels.0"]).toBe("seed-0.ncf.consensus");
  expect(Object.values(inputsOf(graph(3), "seed-0.ncf.consensus"))).toEqual([
    ...["seed-0.ncf.clusters", "seed-0.ncf.clusters-2", "seed-0.ncf.clusters-3"],
  ]);
});

Deno.test("guided clusters: the labels of Dcf and their weight go into the clustering, beside the features", () => {
  type Options = Partial<Parameters<typeof ncf>[0]>;
  const build = (options: (labels: World["labels"][string]) => Options) =>
    toyGraph(onRotations((learner, teacher, world) =>
      ncf({
        ...{ ...learner, ...clustering, teachers: [teacher] },
        ...options(world.labels["hashtags"]!),
      })
    ));
  const clustersOf = (options: Parameters<typeof build>[0]) =>
    byId(build(options))["seed-0.student.clusters"]!;
  const guided = build((labels) => ({ guide: { labels, weight: 0.5 } }));
  expect(inputsOf(guided, "seed-0.student.clusters")).toEqual({
    features: "seed-0.teacher.features",
    labels: "toy.labels",
  });
  const plain = clustersOf(() => ({}));
  const { engine: _, ...config } = plain.config;
  expect(byId(guided)["seed-0.student.clusters"]).toMatchObject({
    stage: { name: "cluster-guided" },
    config: { ...config, weight: 0.5 },
  });
  expect(byId(guided)["seed-0.student.clusters"]?.config).not.toHaveProperty("engine");
  // without a weight it is the stage of plain k-means, hence its artifact
  const { stage, config: weightless } = clustersOf((labels) => ({ guide: { labels, weight: 0 } }));
  expect([stage.name, weightless]).toEqual(["cluster", plain.config]);
  expect(() => build((labels) => ({ guide: { labels, weight: 1 }, balance: 2 }))).toThrow(
    "Cannot guide clusters so: it needs one phase and no cap, found balance. Leave it out.",
  );
  expect(() => build((labels) => ({ guide: { labels, weight: 1 }, within: labels }))).toThrow(
    "Cannot cluster per label so: it needs plain k-means within each label, found guide. Leave it out.",
  );
});

Deno.test("the default job hands in the labels that its config guides clusters by", () => {
  const guide = { labels: "hashtags", weight: 0.5 };
  const graph = toyGraph(defaultExperiment, { k: [5], clustering: { guide } });
  const [clusters] = ofStage(graph, "cluster-guided");
  expect(clusters?.inputs["labels"]?.id).toBe("toy.labels");
});

Deno.test("two phases: the subsample is part of the clustering, and absent where there is none", () => {
  const config = (options: object) => {
    const graph = toyGraph(
      onRotations((learner, teacher) =>
        ncf({ ...learner, ...clustering, ...options, teachers: [teacher] })
      ),
    );
    return byId(graph)["seed-0.student.clusters"]?.config;
  };
  const subsample = { rows: 10, iterations: 30 };
  expect(config({ subsample })).toEqual({ ...config({}), subsample });
  expect(config({})).not.toHaveProperty("subsample");
  expect(() => config({ subsample: { rows: 4, iterations: 1 } })).toThrow(
    "Cannot cluster in two phases: it needs a subsample of K images at least, found 4 for K = 5.",
  );
  const within = toyLabels(toyData("toy", 20), 4);
  expect(() => config({ subsample, within })).toThrow(
    "Cannot cluster per label so: it needs plain k-means within each label, found subsample.",
  );
  expect(config({ balance: 1.2, maxSize: 9 })).toEqual({ ...config({}), balance: 1.2, maxSize: 9 });
});

Deno.test("six clips a row: features are averaged over them, training takes one, as the network reads them", () => {
  const view = { size: 112, clips: 6, frames: 32 };
  const backbone = { arch: "r2plus1d-small", width: 8 };
  const graph = toyGraph(experimentOf((_, learner) => ({
    arms: {
      teacher: arm({ recipe: () => rotnet({ ...learner, backbone, view }) }),
      student: arm({
        on: ["teacher"],
        recipe: (_, { teacher }) =>
          onClusters({ ...learner, backbone, view: { ...view, frames: 8 } }, [teacher]),
      }),
    },
  })));
  const nodes = byId(graph);
  expect(nodes["seed-0.teacher.features"]?.config["view"]).toEqual(view);
  expect(nodes["seed-0.student"]?.config["view"]).toEqual({ ...view, frames: 8, clips: 1 });
});

Deno.test("no target: networks and clusters, nothing is probed", () => {
  const graph = toyGraph(experimentOf((_, learner) => ({
    targets: [],
    arms: {
      teacher: arm({ recipe: () => rotnet(learner) }),
      student: arm({ on: ["teacher"], recipe: (_, { teacher }) => onClusters(learner, [teacher]) }),
    },
  })));
  expect(ofStage(graph, "measure")).toEqual([]);
  expect(inputsOf(graph, "summary")).toMatchObject({
    "seed-0.student": "seed-0.student",
    "seed-0.student.clusters": "seed-0.student.clusters",
  });
});

Deno.test("an axis may be anything that makes arms differ: here, what the teacher learnt", () => {
  const graph = toyGraph(experimentOf((world, learner) => ({
    axes: [{ name: "teacher", title: "teacher", unit: "", values: ["RotNet", "names"] }],
    arms: {
      npre: arm({
        axes: ["teacher"],
        recipe: ({ teacher }) =>
          teacher === "RotNet" ? rotnet(learner) : npre({
            ...learner,
            kind: teacher,
            task: teacher,
            objective: () => labels([world.labels["hashtags"]!]),
          }),
      }),
      ncf: arm({ on: ["npre"], recipe: (_, { npre }) => onClusters(learner, [npre]) }),
    },
  })));
  expect(inputsOf(graph, "seed-0.teacher-rotnet.npre")).toEqual({ data: "toy" });
  expect(inputsOf(graph, "seed-0.teacher-names.npre")).toMatchObject({ "labels.0": "toy.labels" });
  expect(inputsOf(graph, "seed-0.teacher-names.ncf.clusters")).toEqual({
    features: "seed-0.teacher-names.npre.features",
  });
  expect(graph.study.arms.map(({ axes }) => axes)).toEqual([["teacher"], ["teacher"]]);
});

Deno.test("an arm has to stand behind those that it stands on", () => {
  const experiment = experimentOf((_, learner) => ({
    arms: {
      student: arm({ on: ["teacher"], recipe: (_, { teacher }) => onClusters(learner, [teacher]) }),
      teacher: arm({ recipe: () => rotnet(learner) }),
    },
  }));
  expect(() => toyGraph(experiment)).toThrow('it needs "teacher" listed before it');
});

Deno.test("an arm may stand on another at several values of an axis that it does not have itself", () => {
  const teachers = (values: string[]) =>
    experimentOf((_, learner) => ({
      axes: [{ name: "teacher", title: "teacher", unit: "", values }],
      arms: {
        npre: arm({ axes: ["teacher"], recipe: () => rotnet(learner) }),
        both: arm({
          onAt: {
            second: { arm: "npre", at: { teacher: "b" } },
            first: { arm: "npre", at: { teacher: "a" } },
          },
          recipe: (_, { first, second }) => onClusters(learner, [first, second]),
        }),
      },
    }));
  const graph = toyGraph(teachers(["a", "b", "c"]));
  const labels = ["labels.0", "labels.1"].map((name) =>
    byId(graph)["seed-0.both"]?.inputs[name]?.inputs["features"]?.inputs["network"]?.id
  );
  // equal teachers are one node, called after the first place
  expect(labels).toEqual(["seed-0.teacher-a.npre", "seed-0.teacher-a.npre"]);
  expect(graph.study.arms.map(({ axes }) => axes)).toEqual([["teacher"], []]);
  expect(() => toyGraph(teachers(["a", "c"]))).toThrow(
    'Cannot make the arm "both": it needs "npre" at teacher b listed before it.',
  );
});
