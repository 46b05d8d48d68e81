/** The shape of `summary.json`: every score of a run, deterministic, read by report, server and --json. */
import { z } from "zod";
import type { RunFolder } from "../pipeline/store.ts";

/** The networks that are compared (paper, section 4): the teacher, the teacher trained for the summed
 * epochs, and the ClusterFit network. */
export const networks = ["npre", "npre2x", "ncf"] as const;
export type NetworkName = (typeof networks)[number];

const perNetwork = <T extends z.ZodType>(value: T) =>
  z.object({ npre: value, npre2x: value, ncf: value });

/** A probe whose fit stopped at its limit before the gradient came within the tolerance. */
const notConvergedSchema = z.object({
  network: z.enum(networks),
  seed: z.int(),
  /** How often the loss was computed. */
  evaluations: z.int(),
});

/** One linear-probe target at the last layer. Scores are percent, one per seed, in the order of `seeds`. */
export const targetSchema = z.object({
  name: z.string(),
  title: z.string(),
  metric: z.enum(["top-1", "mAP"]),
  classes: z.int(),
  train: z.int(),
  test: z.int(),
  /** Score of always answering the most frequent training class, percent. */
  majorityBaseline: z.number(),
  scores: perNetwork(z.array(z.number())),
  /** Those of `scores` whose probe did not converge. */
  notConverged: z.array(notConvergedSchema),
});

export const curvePointSchema = z.object({
  epoch: z.int(),
  loss: z.number(),
  accuracy: z.number(),
  learningRate: z.number(),
});

export const summarySchema = z.object({
  schema: z.literal(2),
  teacher: z.enum(["rotnet", "hashtags"]),
  arch: z.string(),
  images: z.int(),
  epochs: z.int(),
  seeds: z.array(z.int()),
  targets: z.array(targetSchema),
  /** Linear probes of each layer on one target: scores[network][seed][layer], percent. */
  layerwise: z.object({
    target: z.string(),
    layers: z.array(z.string()),
    scores: perNetwork(z.array(z.array(z.number()))),
    /** Those of `scores` whose probe did not converge. */
    notConverged: z.array(notConvergedSchema.extend({ layer: z.string() })),
  }),
  /** Training curves: curves[network][seed][epoch]; accuracy in percent of the training task. */
  curves: perNetwork(z.array(z.array(curvePointSchema))),
  clusters: z.array(z.object({
    seed: z.int(),
    k: z.int(),
    points: z.int(),
    iterations: z.int(),
    /** Sum of squared distances to the assigned centroid over all rows, float64. */
    objective: z.number(),
    sizes: z.array(z.int()),
    /** Clusters without an image. */
    empty: z.int(),
    /** Images whose features equal those of no earlier one. */
    distinct: z.int(),
    /** Node id whose artifact holds `sheet.png` and `sheet.json`: pictures of real clusters. */
    sheet: z.string(),
  })),
});

export type NotConverged = z.infer<typeof notConvergedSchema>;
export type Target = z.infer<typeof targetSchema>;
export type CurvePoint = z.infer<typeof curvePointSchema>;
export type Summary = z.infer<typeof summarySchema>;

/** The summary of a finished run, from its artifact: verified, unlike the copy in the run folder. Throws a
 * DamagedArtifact where there is none or it is damaged. */
export async function readSummary(run: RunFolder): Promise<Summary> {
  const path = await run.artifactFile("summary", "summary.json");
  return summarySchema.parse(JSON.parse(await Deno.readTextFile(path)));
}
