import { expect } from "expect";
import { figure3 } from "../../src/experiments/figure3.ts";
import { checkPlan } from "../../src/method/check_plan.ts";
import type { Plan } from "../../src/method/experiment.ts";
import type { Claim } from "../../src/results/claim.ts";
import { toyWorld } from "./toy_world.ts";

const world = toyWorld(["aligned-names", "emoji-identity", "unseen-names"]);
const plan = figure3.plan(figure3.schema.parse({}), world, {});
const [claim] = plan.claims;

/** What is said of the plan with this change. */
function said(change: Partial<Plan>): string {
  try {
    checkPlan({ ...plan, ...change }, world);
  } catch (error) {
    expect((error as Error).name).toBe("UserError");
    return (error as Error).message;
  }
  throw new Error("checkPlan() took it");
}

const higher = (better: object): Claim[] => [{
  ...claim!,
  test: {
    kind: "higher",
    better: { arm: "npre", target: "unseen-names", at: {}, ...better },
    worse: { arm: "ncf", target: "unseen-names", at: {} },
  },
}];

Deno.test("the plans that are there name what they have", () => {
  expect(checkPlan(plan, world)).toBeUndefined();
});

Deno.test("a claim about an arm, a target or an axis that there is not is refused before the run", () => {
  expect(said({ claims: higher({ arm: "ncff" }) }))
    .toContain('an arm of the experiment, one of npre, distilled, ncf, found "ncff"');
  expect(said({ claims: higher({ target: "nowhere" }) })).toContain('found "nowhere"');
  expect(said({ claims: higher({ at: { nois: 0 } }) }))
    .toContain('an axis of the experiment, one of noise, k, found "nois"');
  const of = { arm: "ncf", target: "unseen-names", at: {} };
  expect(said({ claims: [{ ...claim!, test: { kind: "rises", axis: "kk", of } }] }))
    .toContain('found "kk"');
  const test = { kind: "falls-more", axis: "noise", more: of, less: { ...of, arm: "x" } } as const;
  expect(said({ claims: [{ ...claim!, test }] })).toContain('found "x"');
  const within = { kind: "within", points: 2, close: of, to: { ...of, target: "y" } } as const;
  expect(said({ claims: [{ ...claim!, test: within }] })).toContain('found "y"');
  expect(said({ claims: [{ ...claim!, test: { kind: "rises-with-log", axis: "mm", of } }] }))
    .toContain('found "mm"');
});

Deno.test("a claim about a layer needs a target on which every layer is probed", () => {
  const claims = higher({ layer: "res4" });
  expect(said({ claims })).toContain(
    'a target, probed layer by layer, of the experiment, one of none, found "unseen-names"',
  );
  for (const change of [{ layerwiseTarget: "unseen-names" }, { bestLayer: true } as const]) {
    expect(checkPlan({ ...plan, ...change, claims }, world)).toBeUndefined();
  }
});

Deno.test("an arm that stands on another at one value of an axis has to name both rightly", () => {
  const both = (arm: string, axis: string): Partial<Plan> => ({
    arms: { ...plan.arms, both: { ...plan.arms["ncf"]!, onAt: { x: { arm, at: { [axis]: 0 } } } } },
  });
  expect(said(both("nprr", "noise"))).toContain('the arm "both" needs an arm of the experiment');
  expect(said(both("npre", "nois"))).toContain('found "nois"');
});

Deno.test("a figure or an arm that names what there is not is refused before the run", () => {
  const [figure] = plan.figures;
  expect(said({ figures: [{ ...figure!, arms: { teacher: "teacher" } }] })).toContain('"teacher"');
  expect(said({ figures: [{ ...figure!, axes: { noise: "smooth" } }] })).toContain('"smooth"');
  expect(said({ axes: plan.axes.filter(({ name }) => name !== "k"), claims: [] }))
    .toContain('the arm "ncf" needs an axis of the experiment, one of noise, found "k"');
});
