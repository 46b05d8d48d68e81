import { expect } from "expect";
import { figure4 } from "../../src/experiments/figure4.ts";
import { pretextTargets } from "../../src/experiments/self_supervised.ts";
import { table6 } from "../../src/experiments/table6.ts";
import { table7 } from "../../src/experiments/table7.ts";
import { table8 } from "../../src/experiments/table8.ts";
import { pretexts, pretextTeachers } from "../../src/experiments/pretext.ts";
import { distilled } from "../../src/method/arms/distilled.ts";
import { npre } from "../../src/method/arms/npre.ts";
import { prototype } from "../../src/method/arms/prototype.ts";
import { armsOver } from "../../src/method/experiment.ts";
import { byId, experimentOf, ofStage, toyGraph } from "../method/toy_experiment.ts";
import { toyWorld } from "../method/toy_world.ts";

const targets = pretextTargets.map(([name]) => name);
const world = toyWorld([...targets]);
const small = { k: 5, epochs: 3 };

Deno.test("Table 6: each teacher has its task and view, longer training its epochs, Ncf its own teacher", () => {
  const nodes = byId(toyGraph(table6, small, world));
  const of = (id: string) => nodes[`seed-0.teacher-${id}`];
  for (
    const [teacher, objective, size] of [["rotnet", "rotation", null], ["jigsaw", "jigsaw", 48]]
  ) {
    for (const [arm, epochs] of [["npre", 3], ["npre2x", 6]]) {
      expect(of(`${teacher}.${arm}`)?.config).toMatchObject({
        ...{ epochs, objective: { name: objective }, view: { size } },
      });
    }
    expect(of(`${teacher}.ncf`)?.config).toMatchObject({ epochs: 3, view: { size: null } });
    const clusters = of(`${teacher}.ncf`)?.inputs["labels.0"];
    expect(clusters?.config["k"]).toBe(5);
    expect(clusters?.inputs["features"]?.inputs["network"]).toBe(of(`${teacher}.npre`));
  }
});

Deno.test("Table 6: every layer is probed on every target, and the best one is asked for", () => {
  const graph = toyGraph(table6, small, world);
  const probes = ofStage(graph, "measure");
  expect(probes.length).toBe(2 * 3 * targets.length);
  const layers = ["res2", "res3", "res4", "res5"].map((layer) => ({ layer, budget: 1024 }));
  for (const { config } of probes) {
    expect(config["outputs"]).toEqual([{ layer: "res5", budget: null }, ...layers]);
  }
  const entries = byId(graph)["summary"]!.config["entries"] as Record<string, unknown>[];
  const scores = entries.filter(({ kind }) => kind === "scores");
  expect(scores.map(({ bestLayer }) => bestLayer)).toEqual(probes.map(() => true));
});

Deno.test("Table 6: SVMs leave no validation rows to choose a layer by", () => {
  expect(() => toyGraph(table6, { ...small, probe: { kind: "svm" } }, world))
    .toThrow("Cannot choose the best layer");
});

Deno.test("Table 6 claims nothing of a teacher that is left out", () => {
  const { study } = toyGraph(table6, { ...small, teacher: "Jigsaw" }, world);
  expect(study.claims.length).toBe(3 * targets.length);
  expect(study.claims.every(({ text }) => text.startsWith("Jigsaw: "))).toBe(true);
});

Deno.test("Table 7: a student for each K, and one on the clusters of res4 at the largest", () => {
  const nodes = byId(toyGraph(table7, { ...small, k: [5, 9] }, world));
  const clusters = (id: string) => nodes[`seed-0.teacher-jigsaw.${id}`]?.inputs["labels.0"];
  const facts = (id: string) => {
    const { config, inputs } = clusters(id)!;
    const features = inputs["features"]!;
    return [config["k"], features.config["layer"], features.inputs["network"]?.id];
  };
  const teacher = "seed-0.teacher-jigsaw.npre";
  expect(facts("k-5.ncf")).toEqual([5, "res5", teacher]);
  expect(facts("k-9.ncf")).toEqual([9, "res5", teacher]);
  expect(facts("ncf-res4")).toEqual([9, "res4", teacher]);
});

Deno.test("Table 8: the student of both has the clusters of each teacher's own student, in a head for each", () => {
  const nodes = byId(toyGraph(table8, small, world));
  const labels = (id: string, head: number) => nodes[`seed-0.${id}`]?.inputs[`labels.${head}`];
  expect(labels("both", 0)).toBe(labels("teacher-rotnet.ncf", 0));
  expect(labels("both", 1)).toBe(labels("teacher-jigsaw.ncf", 0));
  expect(labels("both", 1)?.inputs["features"]?.inputs["network"]?.id)
    .toBe("seed-0.teacher-jigsaw.npre");
  expect(nodes["seed-0.both"]?.config).toMatchObject({ epochs: 3, view: { size: null } });
});

Deno.test("Table 8 needs two teachers", () => {
  const one = table8.schema.parse({ ...small, teacher: "Jigsaw" });
  expect(() => table8.check(one)).toThrow("it needs two or more, found Jigsaw");
});

Deno.test("what the tables have in common has the same config, so that it is made once", () => {
  const networks = (graph: ReturnType<typeof toyGraph>) =>
    new Map(
      [...ofStage(graph, "train"), ...ofStage(graph, "cluster"), ...ofStage(graph, "measure")]
        .map((node) => [JSON.stringify(node.config), node]),
    );
  const six = networks(toyGraph(table6, { ...small, k: 9 }, world));
  const seven = networks(toyGraph(table7, { ...small, k: [5, 9] }, world));
  const eight = networks(toyGraph(table8, { ...small, k: 9 }, world));
  const four = networks(toyGraph(figure4, { ...small, k: 9 }, world));
  const shared = (other: typeof six) => [...six.keys()].filter((key) => other.has(key));
  const alone = [...four].filter(([key]) => !six.has(key)).map(([, node]) => node.stage.name);
  expect(new Set(alone)).toEqual(new Set(["measure"])); // of one layer more
  expect(shared(eight)).toEqual([...six.keys()]);
  const longer = [...six].filter(([, { config }]) => config["epochs"] === 6).map(([key]) => key);
  expect(longer.length).toBe(2);
  expect(shared(seven)).toEqual([...six.keys()].filter((key) => !longer.includes(key)));
});

Deno.test("Figure 4 probes the stem, too, and the tables do not", () => {
  const probed = (experiment: typeof figure4 | typeof table6) =>
    ofStage(toyGraph(experiment, small, world), "measure").map(({ config }) =>
      (config["outputs"] as { layer: string }[]).map(({ layer }) => layer).join()
    );
  expect(new Set(probed(figure4))).toEqual(new Set(["res5,conv1,res2,res3,res4,res5"]));
  expect(new Set(probed(table6))).toEqual(new Set(["res5,res2,res3,res4,res5"]));
});

Deno.test("distillation and prototypes of a pretext teacher are refused with the paper's reason", () => {
  const labelled = { labels: () => world.labels["hashtags"]!, layer: "res5", normalise: true };
  for (const pretext of pretexts) {
    const student = (of: typeof prototype | typeof distilled) =>
      toyGraph(experimentOf((_, learner) => ({
        arms: {
          npre: armsOver()({ recipe: () => npre(pretextTeachers[pretext](learner)) }),
          student: armsOver()({
            on: ["npre"],
            recipe: (_, { npre: teacher }) =>
              of({ ...learner, ...labelled, teacher, temperature: 20, alpha: 0.75 }),
          }),
        },
      })));
    expect(() => student(distilled)).toThrow("Cannot distil this teacher");
    expect(() => student(prototype)).toThrow("Cannot make prototypes of this teacher");
  }
});
