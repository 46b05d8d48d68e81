import { join } from "node:path";
import { expect } from "expect";
import { experimentKey, isKept, mayReplace } from "../../src/cli/experiment_key.ts";
import { keptOnPage } from "../../src/cli/page.ts";
import { figure3 } from "../../src/experiments/figure3.ts";
import { reproductions } from "../../src/experiments/list.ts";
import { worldOf } from "../../src/method/graph.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import type { Experiment } from "../../src/method/experiment.ts";
import type { JsonObject } from "../../src/pipeline/json.ts";
import { makeJob } from "../../src/steps/job.ts";
import { versions } from "../method/fake_engine.ts";

const docs = new URL("../../docs", import.meta.url).pathname;
const configOf = (given: JsonObject) => parseConfig(figure3.schema, given);
const plan = figure3.plan(configOf({}), worldOf(figure3, configOf({}), versions), {});
const key = experimentKey(plan);

/** Whether the numbers of `then` serve for what is asked now. */
function serves(then: JsonObject, now: JsonObject): boolean {
  const job = { experiment: figure3 as Experiment, config: configOf(now) };
  return isKept(job, key, { key, config: then as never });
}

Deno.test("the key of an experiment is that of its arms and targets, not of its claims and titles", () => {
  expect(experimentKey({ ...plan, claims: [], title: "another" })).toBe(key);
  const others = [
    experimentKey({ ...plan, arms: {} }),
    experimentKey({ ...plan, targets: [] }),
    experimentKey({ ...plan, layerwiseTarget: "unseen-names" }),
    experimentKey({ ...plan, bestLayer: true }),
    experimentKey({ ...plan, layers: ["res4"] }),
    ...[0, 25].map((noise) =>
      experimentKey({
        ...plan,
        arms: {
          ...plan.arms,
          ncf: { ...plan.arms["ncf"]!, onAt: { npre: { arm: "npre", at: { noise } } } },
        },
      })
    ),
  ];
  expect(new Set([key, ...others]).size).toBe(1 + others.length);
});

Deno.test("kept numbers serve for the same config, however it is computed, and for no other", () => {
  const then = configOf({ epochs: 5 }) as unknown as JsonObject;
  expect(serves(then, { epochs: 5, device: "cuda", precision: "float32", threads: 3, workers: 1 }))
    .toBe(true);
  for (
    const other of [
      { epochs: 6 },
      { epochs: 5, seeds: [1, 2] },
      { epochs: 5, noise: [0, 10] },
      { epochs: 5, targets: ["unseen-names"] },
      { epochs: 5, training: { shift: 1 } },
    ]
  ) expect([other, serves(then, other)]).toEqual([other, false]);
  const job = { experiment: figure3 as Experiment, config: configOf({ epochs: 5 }) };
  expect(isKept(job, "other arms", { key, config: then as never })).toBe(false);
});

Deno.test("a key that was added since counts as its default; one that is gone, or a changed default, as another config", () => {
  const { probe: _, ...older } = configOf({}) as unknown as JsonObject;
  expect(serves(older, {})).toBe(true);
  expect(serves(older, { probe: { layerBudget: 7 } })).toBe(false);
  expect(serves({ ...older, gone: 1 }, {})).toBe(false);
  expect(serves({ ...older, epochs: 1 }, {})).toBe(false);
});

Deno.test("kept numbers give way to the same settings and to their scale as it is today, to no others", async () => {
  const kept = (await keptOnPage(docs, "figure3"))!;
  const gives = (given: JsonObject, then = kept) =>
    mayReplace(makeJob(figure3 as Experiment, "small", given), then);
  expect(gives({})).toBe(true);
  expect(gives({ seeds: [1, 2, 3], device: "cuda" })).toBe(true);
  for (const other of [{ seeds: [4] }, { k: [50] }, { targets: ["digits"] }]) {
    expect([other, gives(other)]).toEqual([other, false]);
  }
  const before = { ...kept, config: { ...kept.config, epochs: 3 } }; // what "small" was once
  expect(gives({}, before)).toBe(true);
  expect(gives({ epochs: 3 }, before)).toBe(true);
  expect(gives({ epochs: 4 }, before)).toBe(false);
  const { summary } = kept;
  const scaled = { ...summary, study: { ...summary.study, scale: "small, other settings" } };
  expect(gives({}, { ...before, summary: scaled })).toBe(false);
});

for (const { name: file } of Deno.readDirSync(join(docs, "reproduction"))) {
  const [, name] = /^(.*)\.json$/.exec(file) ?? [];
  if (name === undefined) continue;
  const experiment = reproductions[name]!;
  Deno.test(`the numbers of ${name} in docs/ serve for the experiment as it is today`, async () => {
    const job = makeJob(experiment, "small", {});
    const today = experiment.plan(job.config, worldOf(experiment, job.config, versions), {});
    expect(isKept(job, experimentKey(today), (await keptOnPage(docs, name))!)).toBe(true);
  });
}
