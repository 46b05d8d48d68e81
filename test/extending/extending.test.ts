/** What docs/EXTENDING.md shows is there, builds, and runs under the recording engine up to the table. */
import { expect } from "expect";
import type { Target } from "../../src/data/target.ts";
import { labels } from "../../src/method/objectives/labels.ts";
import { labelsHeads } from "../../src/method/objectives/labels.ts";
import { objectiveHeads } from "../../src/method/objectives/list.ts";
import type { Objective } from "../../src/method/objectives/objective.ts";
import { npre } from "../../src/method/arms/npre.ts";
import { armsOver } from "../../src/method/experiment.ts";
import { judge } from "../../src/results/judge.ts";
import { textTable } from "../../src/report/text_table.ts";
import { fakeEngine } from "../method/fake_engine.ts";
import { runToSummary } from "../method/run_graph.ts";
import { experimentOf, ofStage, toyGraph } from "../method/toy_experiment.ts";
import { toyTarget, toyWorld } from "../method/toy_world.ts";
import layersOfK from "./layers_of_k.ts";

Deno.test("an experiment with an arm of its own and two axes runs, is judged and shown", async () => {
  const graph = toyGraph(layersOfK, { k: [3, 5], images: 20, epochs: 1 });
  expect(ofStage(graph, "train").length).toBe(2 + 4);
  const { summary } = await runToSummary(graph);
  expect(new Set(summary.measurements.map(({ arm }) => arm)))
    .toEqual(new Set(["untrained", "npre", "ncf"]));
  const [claim] = summary.study.claims;
  expect(judge(claim!, summary).difference).toBeDefined(); // whatever it is: nothing is missing
  const table = textTable(summary);
  for (const word of ["Untrained", "Npre", "Ncf", "res4"]) expect(table).toContain(word);
});

Deno.test("an objective is its name, its heads and what it needs; the engine gets just that", async () => {
  const list = objectiveHeads as Record<string, typeof labelsHeads>;
  list["margin"] = labelsHeads;
  try {
    const engine = fakeEngine();
    const arm = armsOver();
    const graph = toyGraph(
      experimentOf((world, learner) => {
        const margin: Objective = {
          ...labels([world.labels["hashtags"]!]),
          name: "margin",
          options: { margin: 0.2 },
        };
        return {
          arms: {
            npre: arm({
              recipe: () =>
                npre({ ...learner, kind: "margin", task: "names", objective: () => margin }),
            }),
          },
        };
      }),
      { images: 20, k: 5, epochs: 1 },
    );
    await runToSummary(graph, engine);
    const [objective] = engine.of("objective");
    expect(objective?.args[0]).toBe("margin");
    expect(objective?.args[1]).toMatchObject({ options: { margin: 0.2 }, networks: [] });
    expect(engine.of("build")[0]?.args[0]).toMatchObject({ heads: { labels: 4 } });
  } finally {
    delete list["margin"];
  }
});

Deno.test("a target says its probe and its metric, and the table shows them", async () => {
  const target: Target = { ...toyTarget("tags"), metric: "mAP", probe: "one-vs-rest" };
  const world = { ...toyWorld(), targets: { tags: target } };
  const arm = armsOver();
  const graph = toyGraph(
    experimentOf((_, learner) => ({
      targets: ["tags"],
      arms: {
        npre: arm({
          recipe: () =>
            npre({
              ...learner,
              kind: "names",
              task: "names",
              objective: () => labels([world.labels["hashtags"]!]),
            }),
        }),
      },
    })),
    { images: 20, k: 5, epochs: 1 },
    world,
  );
  const engine = fakeEngine();
  const { summary: { targets } } = await runToSummary(graph, engine);
  expect(engine.of("sweep")[0]?.args.slice(0, 2)).toEqual(["one-vs-rest", "mAP"]);
  expect(targets[0]).toMatchObject({ name: "tags", metric: "mAP" });
});

Deno.test("another figure comes from the numbers that are kept", async () => {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", "test/extending/another_figure.ts"],
    cwd: new URL("../../", import.meta.url),
  }).output();
  expect(success).toBe(true);
  const svg = new TextDecoder().decode(stdout);
  expect(svg).toMatch(/^<svg [^]*<desc>[^<]*Ncf, label noise 0%: [\d.]+ at 100, /);
});

Deno.test("docs/EXTENDING.md shows these files as they are, and the tests that it names are there", async () => {
  const root = new URL("../../", import.meta.url);
  const text = await Deno.readTextFile(new URL("docs/EXTENDING.md", root));
  const shown = [...text.matchAll(/<!-- (test\/\S+) -->\n+```ts\n([^]*?)```/g)];
  expect(shown.map(([, file]) => file)).toEqual([
    "test/extending/another_figure.ts",
    "test/extending/untrained.ts",
    "test/extending/layers_of_k.ts",
  ]);
  for (const [, file, code] of shown) {
    expect(code).toBe(await Deno.readTextFile(new URL(file!, root)));
  }
  for (const [, file, name] of text.matchAll(/`(test\/py\/\S+\.py)`, `(\w+)`/g)) {
    expect(await Deno.readTextFile(new URL(file!, root))).toContain(`def ${name}(`);
  }
});
