/** Which arms an experiment makes at which points. */
import { UserError } from "../pipeline/errors.ts";
import type { Use } from "../pipeline/use.ts";
import { agree, type AxisValue, type Point } from "../results/point.ts";
import type { ArmFacts, Axis } from "../results/study.ts";
import type { MadeArm, Recipe } from "./arm.ts";
import type { ArmSpec, Plan } from "./experiment.ts";

/** Calls `make` for every arm at every point of its lineage, the arms that it stands on first. */
export function placeArms(
  { arms, axes }: Plan,
  seed: number,
  make: (use: Use, recipe: Recipe) => MadeArm,
): void {
  const made = new Map<string, { readonly at: Point; readonly arm: MadeArm }[]>();
  for (const [id, spec] of Object.entries(arms)) {
    const own = lineage(arms, id);
    const places = combinations(axes.filter(({ name }) => own.has(name))).map((at) => {
      const on = standsOn(spec).map(({ name, arm, fixed }) => {
        const point = { ...at, ...fixed };
        const there = made.get(arm)?.find((one) => agree(one.at, point));
        if (there) return [name, there.arm] as const;
        const where = Object.entries(fixed).map(([axis, value]) => ` at ${axis} ${value}`).join("");
        throw new UserError(
          `Cannot make the arm "${id}": it needs "${arm}"${where} listed before it.`,
        );
      });
      const recipe = spec.recipe(pick(at, spec.axes), Object.fromEntries(on));
      return { at, arm: make({ arm: id, seed, at }, recipe) };
    });
    made.set(id, places);
  }
}

/** Names of the axes that an arm depends on: its own, and those of the arms that it stands on. */
function lineage(arms: Readonly<Record<string, ArmSpec>>, id: string): ReadonlySet<string> {
  const spec = arms[id];
  if (!spec) throw new Error(`Cannot find the arm "${id}": the experiment has none of that name.`);
  return new Set([
    ...spec.axes,
    ...standsOn(spec).flatMap(({ arm, fixed }) =>
      [...lineage(arms, arm)].filter((axis) => !(axis in fixed))
    ),
  ]);
}

/** The arms that one stands on, as its recipe calls them; `fixed`: where on axes that it does not share with them. */
function standsOn({ on, onAt = {} }: ArmSpec): { name: string; arm: string; fixed: Point }[] {
  return [
    ...on.map((arm) => ({ name: arm, arm, fixed: {} })),
    ...Object.entries(onAt).map(([name, { arm, at }]) => ({ name, arm, fixed: at })),
  ];
}

/** Every combination of the values of some axes. */
function combinations(axes: readonly Axis[]): Point[] {
  return axes.reduce<Point[]>(
    (points, { name, values }) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );
}

function pick(at: Point, axes: readonly string[]): Record<string, AxisValue> {
  return Object.fromEntries(Object.entries(at).filter(([axis]) => axes.includes(axis)));
}

/** Of each arm, as its recipe at the first point says. */
export function armFacts({ arms, axes }: Plan, recipes: ReadonlyMap<string, Recipe>): ArmFacts[] {
  return [...recipes].map(([id, { title, about, role, task }]) => {
    const own = lineage(arms, id);
    const names = axes.map(({ name }) => name).filter((name) => own.has(name));
    return { id, title, about, role, task, axes: names };
  });
}
