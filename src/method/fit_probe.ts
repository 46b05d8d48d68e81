/** Fits the probe that a config names, and says what came of it in the words of all probes. */
import { z } from "zod";
import type { Split } from "../data/split.ts";
import type { Engine, JobOptions, LabelledFeatures } from "../engine/engine.ts";
import type { Score } from "../results/measurement.ts";
import { probe } from "./probe.ts";
import type { ProbeConfig } from "./probe_config.ts";
import { probeBySgd } from "./probe_sgd.ts";

/** What `scores.json` says of a fit beside its score: how the choice was made. */
export const fitSchema = z.union([
  z.object({
    /** Best on the validation rows. */
    cost: z.number(),
    sweep: z.array(z.object({
      cost: z.number(),
      /** Percent, on the validation rows. */
      validation: z.number(),
      evaluations: z.int(),
      converged: z.boolean(),
    })),
  }),
  z.object({
    sweep: z.array(z.object({
      learningRate: z.number(),
      /** Percent, on the validation rows; null where it diverged. */
      validation: z.number().nullable(),
    })),
  }),
  z.object({
    /** Of each class, by cross-validation; null where it cannot be told from others. */
    costs: z.array(z.number().nullable()),
  }),
]);

/** The score on the test rows, percent, and how it came about. */
export type ProbeResult =
  & Pick<Score, "value" | "evaluations" | "converged" | "chosen">
  & z.infer<typeof fitSchema>;

/** What a fit scored on the validation rows; undefined of one that was fitted to them, too. */
export function validationOf(fit: z.infer<typeof fitSchema>): number | undefined {
  if (!("sweep" in fit)) return undefined;
  return Math.max(...fit.sweep.flatMap(({ validation }) => validation ?? []));
}

/** Fits on train rows, chooses on validation rows, scores test rows; SVMs are fitted to both, chosen by
 * cross-validation. Throws a UserError where no fit is finite. */
export async function fitProbe(
  engine: Pick<Engine, "probes">,
  parts: Readonly<Record<Split, LabelledFeatures>>,
  config: ProbeConfig & {
    readonly metric: string;
    readonly classes: number;
    readonly device: string;
    readonly threads: number;
    /** For what is as large as the features. */
    readonly folder: string;
  },
  job: JobOptions,
): Promise<ProbeResult> {
  const { metric, classes, device, threads, folder } = config;
  const common = { metric, classes, device, threads };
  if ("costs" in config) {
    const { probe: name, costs } = config;
    return await probe(engine, parts, { ...common, probe: name, costs, folder }, job);
  }
  if ("svm" in config) {
    const { train, validation, test } = parts;
    const { values: [value = NaN], costs, converged } = await engine.probes.svm(
      metric,
      [train, validation],
      [test],
      { ...config.svm, classes, threads },
      job,
    );
    const values = costs.filter((cost) => cost !== null);
    return {
      ...{ value, evaluations: null, converged },
      chosen: { name: "cost", by: "class by class by cross-validation", values },
      costs: [...costs],
    };
  }
  const { value, learningRate, steps, sweep } = await probeBySgd(
    engine,
    parts,
    { ...common, ...config.sgd },
    job,
  );
  return {
    ...{ value, evaluations: steps, converged: null },
    chosen: { name: "learning rate", by: "on validation rows", values: [learningRate] },
    sweep,
  };
}
