/** Whether the names in an experiment's plan are those of its own arms, axes and targets. */
import type { World } from "../data/world.ts";
import { UserError } from "../pipeline/errors.ts";
import type { Claim, ClaimSeries } from "../results/claim.ts";
import type { Plan } from "./experiment.ts";

/** Throws a UserError that names the first name that stands for nothing: before hours of training, not after. */
export function checkPlan(plan: Plan, world: Pick<World, "targets">): void {
  const arms = Object.keys(plan.arms);
  const axes = plan.axes.map(({ name }) => name);
  const targets = Object.keys(world.targets);
  const layerwise = targets.filter((name) => plan.bestLayer || name === plan.layerwiseTarget);
  const check = (what: string, kind: string, name: string, known: readonly string[]) => {
    if (known.includes(name)) return;
    throw new UserError(
      `Cannot plan "${plan.title}": ${what} needs ${kind} of the experiment, one of ` +
        `${known.join(", ") || "none"}, found "${name}". Mend the experiment.`,
    );
  };
  for (const [id, arm] of Object.entries(plan.arms)) {
    for (const axis of arm.axes) check(`the arm "${id}"`, "an axis", axis, axes);
    for (const on of arm.on) check(`the arm "${id}"`, "an arm", on, arms);
    for (const { arm: on, at } of Object.values(arm.onAt ?? {})) {
      check(`the arm "${id}"`, "an arm", on, arms);
      for (const axis of Object.keys(at)) check(`the arm "${id}"`, "an axis", axis, axes);
    }
  }
  for (const { id, test } of plan.claims) {
    const what = `the claim "${id}"`;
    if ("axis" in test) check(what, "an axis", test.axis, axes);
    for (const { arm, target, at, layer } of seriesOf(test)) {
      check(what, "an arm", arm, arms);
      check(what, "a target", target, targets);
      if (layer !== undefined) {
        check(what, "a target, probed layer by layer,", target, layerwise);
      }
      for (const axis of Object.keys(at)) check(what, "an axis", axis, axes);
    }
  }
  for (const figure of plan.figures) {
    const what = `the figure "${figure.name}"`;
    for (const arm of Object.values(figure.arms)) check(what, "an arm", arm, arms);
    for (const axis of Object.values(figure.axes)) check(what, "an axis", axis, axes);
  }
}

function seriesOf(test: Claim["test"]): readonly ClaimSeries[] {
  switch (test.kind) {
    case "higher":
      return [test.better, test.worse];
    case "within":
      return [test.close, test.to];
    case "falls-more":
      return [test.more, test.less];
    case "wider-gap":
      return [test.wider, test.narrower].flatMap(({ above, below }) => [above, below]);
    default:
      return [test.of];
  }
}
