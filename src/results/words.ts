/** Words about numbers: counts, lists, places in an experiment. */
import type { AxisValue, Point } from "./point.ts";
import type { ArmFacts, Axis } from "./study.ts";

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[], last = "and"): string {
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
}

/** To six digits, `1,234.57`: a sum over many rows is exact to no more that people read. */
export function sixDigits(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString("en", { maximumSignificantDigits: 6 });
}

/** `50%`, `1,500`, `hashtags`. */
export function axisValueText(value: AxisValue, { unit }: Pick<Axis, "unit">): string {
  return (typeof value === "number" ? value.toLocaleString("en") : value) + unit;
}

/** `Ncf, K 400`: an arm at a point. */
export function titleAt(
  { title }: Pick<ArmFacts, "title">,
  at: Point,
  axes: readonly Axis[],
): string {
  return [title, pointText(at, axes)].filter(Boolean).join(", ");
}

/** `label noise 50%, K 1,500`: in the order of the axes, without those that have one value only. */
export function pointText(point: Point, axes: readonly Axis[]): string {
  return axes
    .filter(({ values }) => values.length > 1)
    .flatMap((axis) => {
      const value = point[axis.name];
      return value === undefined ? [] : [`${axis.title} ${axisValueText(value, axis)}`];
    })
    .join(", ");
}
