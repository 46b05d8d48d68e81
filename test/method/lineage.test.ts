/** Whole graphs run under the recording engine: every score is followed back to the images, every argument on the
 * way is looked at. */
import { expect } from "expect";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { figure3 } from "../../src/experiments/figure3.ts";
import { seedFor } from "../../src/method/seed.ts";
import { type Call, type FakeEngine, fakeEngine, sweepOf } from "./fake_engine.ts";
import { runToSummary } from "./run_graph.ts";
import { toyGraph } from "./toy_experiment.ts";
import { toyWorld } from "./toy_world.ts";

interface Trained {
  readonly seed: number;
  readonly call: Call;
  readonly objective: { readonly name: unknown; readonly given: Given };
}

interface Given {
  readonly labels: readonly string[];
  readonly networks: readonly { readonly network: string }[];
  readonly options: unknown;
}

/** The training that made a network. */
function trainingOf(engine: FakeEngine, network: unknown): Trained {
  const call = engine.maker(network);
  const [, , objective, options] = call.args;
  const [name, given] = engine.maker(objective).args;
  return {
    call,
    seed: (options as { seed: number }).seed,
    objective: { name, given: given as Given },
  };
}

/** The extraction that made features, `extract#7.features` or `extract#7.0[...]`. */
function extractionOf(engine: FakeEngine, features: string): Call {
  return engine.maker(features.split(".")[0]);
}

/** The network that a measurement was made of: each sweep of the fake engine has a score of its own. */
function networkOf(engine: FakeEngine, score: number): unknown {
  const [, , train] = sweepOf(engine, score).args;
  return extractionOf(engine, (train as { features: string }).features).args[0];
}

Deno.test("the default job: each score is that of its own network, of the right seed and labels", async () => {
  const engine = fakeEngine();
  const graph = toyGraph(defaultExperiment, { seeds: [3, 4], k: 5, images: 20, epochs: 2 });
  const { summary } = await runToSummary(graph, engine);
  expect(summary.measurements.length).toBe(2 * 3 * (4 + 4));
  expect(summary.missing).toEqual([]);
  for (const { arm, seed, value } of summary.measurements) {
    const made = trainingOf(engine, networkOf(engine, value));
    expect(made.seed).toBe(seedFor(seed, arm));
    expect(made.objective.name).toBe(arm === "ncf" ? "labels" : "rotation");
    if (arm !== "ncf") continue;
    const clustering = engine.maker(made.objective.given.labels[0]);
    const [rows, options] = clustering.args as [string, { k: number; seed: number }];
    expect(options).toMatchObject({ k: 5, seed: seedFor(seed, "k-means") });
    const features = extractionOf(engine, engine.maker(rows).args[0] as string);
    expect(features.args[2]).toEqual({ features: { layer: "res5", budget: null } });
    expect(trainingOf(engine, features.args[0]).seed).toBe(seedFor(seed, "npre"));
  }
});

Deno.test("the default job: a probe is fitted on train rows, chosen on validation, told of test", async () => {
  const engine = fakeEngine();
  const { summary } = await runToSummary(
    toyGraph(defaultExperiment, { k: 5, images: 20, epochs: 1 }),
    engine,
  );
  for (const { target, value, layer, budget, baseline } of summary.measurements) {
    const [probe, metric, train, evaluations, options] = sweepOf(engine, value).args as [
      string,
      string,
      { labels: string; features: string },
      { labels: string; features: string }[],
      { costs: number[]; classes: number },
    ];
    expect([probe, metric, options.classes, baseline]).toEqual(["logistic", "top-1", 3, 5]);
    // rows 0, 3, 6, 9 of the toy target are train, 1, 4, 7, 10 validation, 2, 5, 8, 11 test
    const rows = [train, ...evaluations].map(({ labels }) => labels.replace(/^.*\[/, ""));
    expect(rows).toEqual(["0,3,6,9]", "1,4,7,10]", "2,5,8,11]"]);
    for (const [split, { features }] of [train, ...evaluations].entries()) {
      const [, source, outputs, { rows }] = extractionOf(engine, features).args as [
        unknown,
        string,
        Record<string, { layer: string; budget: number | null }>,
        { rows: number[] },
      ];
      expect(rows[0]).toBe(split);
      expect(source).toContain("images");
      expect(outputs[features.split(".")[1] ?? ""]).toEqual({ layer, budget });
    }
    expect(target).not.toBeNull();
  }
});

Deno.test("Figure 3: each arm stands on the teacher of its noise, Ncf on the clusters of its K", async () => {
  const engine = fakeEngine();
  const world = toyWorld(["aligned-names", "emoji-identity", "unseen-names"]);
  const given = { seeds: [1], noise: [0, 50], k: [3, 6], images: 20, epochs: 1 };
  const { summary } = await runToSummary(toyGraph(figure3, given, world), engine);
  const teacherAt = new Map(
    summary.measurements.filter(({ arm }) => arm === "npre")
      .map(({ at, value }) => [at["noise"], networkOf(engine, value)]),
  );
  expect(new Set(teacherAt.values()).size).toBe(2);
  for (const { arm, at, value } of summary.measurements) {
    const { objective } = trainingOf(engine, networkOf(engine, value));
    const [label = ""] = objective.given.labels;
    if (arm === "npre") expect(objective.given.networks).toEqual([]);
    if (arm === "distilled") {
      expect(objective.given.networks[0]?.network).toBe(teacherAt.get(at["noise"]));
      expect(objective.given.options).toEqual({ temperature: 20, alpha: 0.75 });
      const teacher = trainingOf(engine, teacherAt.get(at["noise"]));
      expect(label).toBe(teacher.objective.given.labels[0]);
    }
    if (arm === "ncf") {
      const [rows, { k }] = engine.maker(label).args as [string, { k: number }];
      expect(k).toBe(at["k"]);
      const features = extractionOf(engine, engine.maker(rows).args[0] as string);
      expect(features.args[0]).toBe(teacherAt.get(at["noise"]));
    }
  }
});

Deno.test("a training that diverges is missing with all that stands on it, and nothing else is", async () => {
  const engine = fakeEngine({ diverges: ({ seed }) => seed === seedFor(1, "npre") });
  const world = toyWorld(["aligned-names", "emoji-identity", "unseen-names"]);
  const given = { seeds: [1, 2], noise: [0], k: [3], images: 20, epochs: 1 };
  const { summary, failed } = await runToSummary(toyGraph(figure3, given, world), engine);
  expect(failed).toContain("seed-1.npre");
  expect(new Set(summary.missing.map(({ seed }) => seed))).toEqual(new Set([1]));
  expect(new Set(summary.missing.map(({ arm }) => arm))).toEqual(
    new Set(["npre", "distilled", "ncf"]),
  );
  expect(new Set(summary.measurements.map(({ seed }) => seed))).toEqual(new Set([2]));
  expect(summary.measurements.length).toBe(3 * 3);
});
