/** What an experiment compares, written down before it runs: a field of `run.json`, and the head of
 * `summary.json`. Plain JSON; what makes an arm lives in `src/method/`. */
import { z } from "zod";
import { claimSchema } from "./claim.ts";
import { figureSchema } from "./figure.ts";
import { axisValueSchema } from "./point.ts";

export const axisSchema = z.object({
  name: z.string(),
  title: z.string(),
  /** Behind a value: "%" or nothing. */
  unit: z.string(),
  values: z.array(axisValueSchema),
});

/** One compared network. */
export const armSchema = z.object({
  id: z.string(),
  /** As tables and figures call it: "Npre 2x". */
  title: z.string(),
  /** What it is, for a legend: "the teacher, for the summed epochs". */
  about: z.string(),
  /** A candidate is judged against teachers and controls. */
  role: z.enum(["teacher", "control", "candidate"]),
  /** What it is trained on, for the titles of curves: arms of one task share a chart. `null`: not trained
   * here, so there are no curves. */
  task: z.string().nullable(),
  /** Axes of its lineage, in the order of the experiment's. */
  axes: z.array(z.string()),
});

/** One labelled data set that features are transferred to. */
export const targetSchema = z.object({
  name: z.string(),
  title: z.string(),
});

export const studySchema = z.object({
  /** Name of the experiment: "default", "figure3". */
  experiment: z.string(),
  title: z.string(),
  /** What `--scale` said; empty where the experiment has one scale only. */
  scale: z.string(),
  /** Name and value of what describes the run at a glance: ["images", "10,000"]. */
  facts: z.array(z.tuple([z.string(), z.string()])),
  seeds: z.array(z.int()),
  axes: z.array(axisSchema),
  arms: z.array(armSchema),
  targets: z.array(targetSchema),
  claims: z.array(claimSchema),
  /** Figures of the paper to be drawn from the results. */
  figures: z.array(figureSchema),
  /** Tables of the paper to stand beside the results: see `src/report/paper.ts`. */
  paper: z.array(z.string()),
});

/**
 * What the schema gives.
 *
 * @internal
 */
type ParsedAxis = z.infer<typeof axisSchema>;

/** What differs between arms: noise, K. */
export type Axis = ParsedAxis;
export type ArmFacts = z.infer<typeof armSchema>;
/** What an arm is compared as: a candidate is judged against teachers and controls. */
export type Role = "teacher" | "control" | "candidate";
export type TargetFacts = z.infer<typeof targetSchema>;
/**
 * What the schema gives.
 *
 * @internal
 */
type ParsedStudy = z.infer<typeof studySchema>;

/** What an experiment compares. */
export type Study = ParsedStudy;
