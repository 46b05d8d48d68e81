/** A place in an experiment. */
import { z } from "zod";

/** A value on an axis: a number of clusters, a share of noise, the name of a teacher. */
export const axisValueSchema = z.union([z.number(), z.string()]);

/** Axis -> value. An arm's holds the axes of its lineage only: Npre has no K. */
export const pointSchema = z.record(z.string(), axisValueSchema);

/** A value on an axis: a number of clusters, a share of noise, the name of a teacher. */
export type AxisValue = number | string;
/** Axis -> value: a place in an experiment. */
export type Point = Readonly<Record<string, AxisValue>>;

/** Whether `a` and `b` have the same value on each axis that both have. */
export function agree(a: Point, b: Point): boolean {
  return Object.keys(a).every((axis) => b[axis] === undefined || a[axis] === b[axis]);
}

/** One string for each point, whatever the order of its axes. */
export function pointKey(point: Point): string {
  return JSON.stringify(Object.entries(point).toSorted(([a], [b]) => a < b ? -1 : 1));
}

export function samePoint(a: Point, b: Point): boolean {
  return pointKey(a) === pointKey(b);
}
