import { expect } from "expect";
import { figure3 } from "../../src/experiments/figure3.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import type { Summary } from "../../src/results/summary.ts";
import { judge } from "../../src/results/judge.ts";
import { toyWorld } from "../method/toy_world.ts";
import { axis, scores, summaryOf, target } from "../results/summaries.ts";

const config = figure3.schema.parse({ noise: [0, 50, 75], k: [5, 9] });
const world = toyWorld(["aligned-names", "emoji-identity", "unseen-names"]);
const { claims, arms, axes, targets } = figure3.plan(config, world, {});

/** A run in which each arm scores what `value` says. */
function measured(value: (arm: string, at: { noise: number; k: number }) => number): Summary {
  const points = config.noise.flatMap((noise) => config.k.map((k) => ({ noise, k })));
  const of = (arm: string, name: string) => {
    const own = arm === "ncf" ? points : config.noise.map((noise) => ({ noise }));
    return own.flatMap((at) => {
      const score = value(arm, { k: config.k[0]!, ...at });
      return scores(arm, at, name, [score, score, score]);
    });
  };
  const ids = Object.keys(arms);
  return summaryOf({
    arms: ids.map((id) => ({
      ...{ id, title: id, about: "", role: "control", task: "", axes: ["noise"] },
    })),
    axes: axes.map(({ name, values }) => axis(name, values)),
    targets: targets.map(target),
    measurements: targets.flatMap((name) => ids.flatMap((arm) => of(arm, name))),
  });
}

const verdicts = (summary: Summary) =>
  Object.fromEntries(claims.map((claim) => [claim.id, judge(claim, summary).verdict]));

/** Npre falls from 80 by a point for each percent, Ncf by a third of one, and gains by K; a distilled network is
 * below both. */
const asInThePaper = (arm: string, { noise, k }: { noise: number; k: number }) =>
  arm === "ncf" ? 70 - noise / 3 + k : arm === "npre" ? 90 - noise : 30;

Deno.test("Figure 3: where all is as the paper has it, every claim holds", () => {
  expect(new Set(Object.values(verdicts(measured(asInThePaper))))).toEqual(new Set(["holds"]));
});

Deno.test("Figure 3: where all is the other way round, no claim holds", () => {
  const upsideDown = measured((arm, at) => 100 - asInThePaper(arm, at));
  expect(new Set(Object.values(verdicts(upsideDown)))).toEqual(new Set(["does not hold"]));
});

Deno.test("Figure 3 claims something of every target, each in a sentence of its own", () => {
  for (const name of targets) {
    expect(claims.filter(({ id }) => id.endsWith(name)).length).toBeGreaterThanOrEqual(4);
  }
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
  expect(new Set(claims.map(({ text }) => text)).size).toBe(claims.length);
});

Deno.test("noise is percent: a share of 1 is refused", () => {
  const noise = (value: unknown) => () => parseConfig(figure3.schema, { noise: value } as never);
  expect(noise([0, 1, 50])().noise).toEqual([0, 1, 50]);
  expect(noise([0, 0.5])).toThrow(
    "Cannot set noise.1: it needs percent: 50 for half of the labels, found 0.5.",
  );
});
