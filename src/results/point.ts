/** A place in an experiment. */
import { z } from "zod";

/** A value on an axis: a number of clusters, a share of noise, the name of a teacher. */
export const axisValueSchema = z.union([z.number(), z.string()]);

/** Axis -> value. An arm's holds the axes of its lineage only: Npre has no K. */
export const pointSchema = z.record(z.string(), axisValueSchema);

export type AxisValue = z.infer<typeof axisValueSchema>;
export type Point = z.infer<typeof pointSchema>;
