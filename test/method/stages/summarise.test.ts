import { expect } from "expect";
import { join } from "node:path";
import type { Scores } from "../../../src/method/stages/measure.ts";
import { summarise, type SummariseConfig } from "../../../src/method/stages/summarise.ts";
import type { Artifact } from "../../../src/pipeline/stage.ts";
import type { Study } from "../../../src/results/study.ts";
import { scoreSchema } from "../../../src/results/measurement.ts";
import { type Summary, summarySchema } from "../../../src/results/summary.ts";
import { StageRun } from "./stage_run.ts";

const arm = { about: "", role: "teacher", task: "toys", axes: [] } as const;
const study: Study = {
  ...{
    experiment: "toy",
    title: "Toys",
    scale: "",
    facts: [],
    seeds: [3, 4],
    claims: [],
    paper: [],
    figures: [],
  },
  axes: [{ name: "k", title: "K", unit: "", values: [5] }],
  arms: [{ ...arm, id: "npre", title: "Npre", axes: [] }, {
    ...{ ...arm, id: "ncf", title: "Ncf", role: "candidate", axes: ["k"] },
  }],
  targets: [{ name: "birds", title: "Birds" }, { name: "cars", title: "Cars" }],
};
const arms = [{ arm: "npre", at: {} }, { arm: "ncf", at: { k: 5 } }] as const;
const targets = ["birds", "cars"] as const;

/** Every arm at every seed, with all that is made of it. */
const entries: SummariseConfig["entries"] = arms.flatMap(({ arm, at }) =>
  study.seeds.flatMap((seed) => {
    const whose = { arm, at, seed };
    const node = `seed-${seed}.${arm}`;
    return [
      { kind: "network", trained: true, ...whose, node },
      ...(arm === "ncf"
        ? [
          {
            kind: "clustering",
            sheet: `${node}.sheet`,
            ...whose,
            node: `${node}.clusters`,
          } as const,
        ]
        : []),
      ...targets.map((target) => ({
        ...{ kind: "scores", target, ...whose, node: `${node}.${target}` } as const,
      })),
    ] as const;
  })
);

/** A number that is that of one node alone. */
const numberOf = (node: string) => entries.findIndex((entry) => entry.node === node);

function scoresOf(node: string): Scores {
  const target = node.split(".").at(-1) === "birds" ? 1 : 2;
  const own = (layer: string, by: number) => ({
    ...{ part: "test" as const, layer, budget: null, probe: "p", metric: "m", baseline: 25 },
    ...{ value: numberOf(node) + by, cost: 1, converged: by === 0, evaluations: 10 },
    sweep: [],
  });
  return {
    ...{ metric: "m", classes: target, train: 10 * target, validation: 20 * target },
    ...{ test: 30 * target, scores: [own("res5", 0), own("res2", 0.5)] },
  };
}

async function summaryOf(
  without: readonly string[] = [],
  asked: SummariseConfig["entries"] = entries,
  measured: (node: string) => Scores = scoresOf,
): Promise<Summary> {
  await using stage = await StageRun.open();
  const inputs: Record<string, Artifact> = {};
  for (const { node, kind } of asked) {
    if (without.includes(node)) continue;
    const files: Record<string, string> = {
      overlap: JSON.stringify({ test: 30, seen: 4 }),
      network: `{"epoch":1,"loss":${numberOf(node)},"accuracy":null,"learningRate":0}\n`,
      clustering: JSON.stringify({
        ...{ k: 5, points: 9, iterations: 2, objective: numberOf(node), sizes: [9] },
        ...{ empty: 4, distinct: 1 },
      }),
      scores: JSON.stringify(measured(node)),
    };
    const names = {
      ...{ network: "log.jsonl", clustering: "clusters.json", scores: "scores.json" },
      ...{ measures: "measures.json", overlap: "overlap.json" },
    };
    inputs[node] = await stage.artifact(kind, node, async (dir) => {
      await Deno.writeTextFile(join(dir, names[kind]), files[kind] ?? "");
      return [names[kind]];
    });
  }
  const { files } = await stage.run(summarise, { study, entries: asked }, inputs);
  expect(files).toEqual(["summary.json"]);
  return summarySchema.parse(await stage.json("summary.json"));
}

Deno.test("summarise tells every score with its arm, point, seed, target and layer", async () => {
  const { measurements } = await summaryOf();
  const expected = entries.filter((entry) => entry.kind === "scores").flatMap((entry) => {
    const { arm, at, seed, target, node } = entry;
    return scoresOf(node).scores.map((score) => ({
      ...{ arm, at, seed, target, ...scoreSchema.parse(score) },
    }));
  });
  expect(measurements).toEqual(expected);
  expect(new Set(measurements.map(({ value }) => value)).size).toBe(2 * 2 * 2 * 2);
});

Deno.test("summarise marks the layer of each network that is best on validation rows, where it is asked", async () => {
  const whose = { arm: "npre", at: {} };
  const asked = [3, 4].flatMap((seed): SummariseConfig["entries"] => [
    { kind: "scores", target: "birds", bestLayer: true, ...whose, seed, node: `${seed}.birds` },
    { kind: "scores", target: "cars", ...whose, seed, node: `${seed}.cars` },
  ]);
  const { measurements } = await summaryOf([], asked, (node) => {
    const [first, ...others] = scoresOf(node).scores;
    // res5 is better on test rows; seed 3 is better at res2 on validation rows
    const validation = node.startsWith("3") ? { res2: 9, res5: 8 } : { res2: 7, res5: 8 };
    const pooled = [first!, ...others].map((score) => ({
      ...{ ...score, budget: 640, value: score.layer === "res5" ? 90 : 10, cost: 1 },
      sweep: [{
        ...{ cost: 1, evaluations: 1, converged: true },
        validation: validation[score.layer as keyof typeof validation],
      }],
    }));
    return { ...scoresOf(node), scores: [first!, ...pooled] };
  });
  expect(
    measurements.filter(({ best }) => best).map(({ seed, target, layer, value }) => ({
      ...{ seed, target, layer, value },
    })),
  ).toEqual([
    { seed: 3, target: "birds", layer: "res2", value: 10 },
    { seed: 4, target: "birds", layer: "res5", value: 90 },
  ]);
  expect(measurements.length).toBe(2 * 2 * 3);
});

Deno.test("summarise tells curves, clusterings and networks with whose they are", async () => {
  const { series, clusterings, networks, missing } = await summaryOf();
  const of = (kind: string) => entries.filter((entry) => entry.kind === kind);
  const whose = (list: readonly { arm: string; at: unknown; seed: number }[]) =>
    list.map(({ arm, at, seed }) => ({ arm, at, seed }));
  expect(whose(series)).toEqual(whose(of("network")));
  expect(series.map(({ points }) => points[0]?.loss)).toEqual(
    of("network").map(({ node }) => numberOf(node)),
  );
  expect(whose(clusterings)).toEqual(whose(of("clustering")));
  expect(
    clusterings.map(({ objective, sheet, empty, distinct }) => [objective, sheet, empty, distinct]),
  )
    .toEqual(
      of("clustering").map(({ node, seed }) => [
        ...[numberOf(node), `seed-${seed}.ncf.sheet`, 4, 1],
      ]),
    );
  expect(networks).toEqual(
    of("network").map(({ arm, at, seed, node }) => ({ arm, at, seed, node })),
  );
  expect(missing).toEqual([]);
});

Deno.test("summarise tells of a target how many of its test pictures were trained on, where it was counted", async () => {
  const counted = { kind: "overlap", target: "birds", arm: "ncf", at: { k: 5 }, seed: 3 } as const;
  const { targets: told } = await summaryOf([], [...entries, { ...counted, node: "overlap" }]);
  expect(told.map(({ name, seen }) => [name, seen])).toEqual([["birds", 4], ["cars", undefined]]);
});

Deno.test("summarise describes each target once, by its title, as it was probed", async () => {
  const summary = await summaryOf();
  expect(summary.study).toEqual(study);
  expect(summary.targets).toEqual([
    { name: "birds", title: "Birds", metric: "m", classes: 1, train: 10, validation: 20, test: 30 },
    { name: "cars", title: "Cars", metric: "m", classes: 2, train: 20, validation: 40, test: 60 },
  ]);
});

Deno.test("summarise keeps the order of targets where the first score of one is missing", async () => {
  const { targets: found, measurements } = await summaryOf(["seed-3.npre.birds"]);
  expect(measurements[0]!.target).toBe("cars");
  expect(found.map(({ name }) => name)).toEqual(targets);
});

Deno.test("summarise lists what is missing, and keeps all that is there", async () => {
  const lost = ["seed-3.npre", "seed-3.npre.birds", "seed-4.ncf.clusters"];
  const { missing, measurements, series, clusterings } = await summaryOf(lost);
  expect(missing.map(({ node }) => node)).toEqual(lost);
  expect(missing[2]).toEqual({ arm: "ncf", at: { k: 5 }, seed: 4, node: "seed-4.ncf.clusters" });
  expect([measurements.length, series.length, clusterings.length]).toEqual([14, 3, 1]);
});

Deno.test("summarise asks a network that was not trained here for no curve", async () => {
  const given = entries.map((entry) =>
    entry.kind === "network" && entry.arm === "npre" ? { ...entry, trained: false } : entry
  );
  const { series, networks } = await summaryOf([], given);
  expect(series.map(({ arm }) => arm)).toEqual(["ncf", "ncf"]);
  expect(networks.length).toBe(4);
});
