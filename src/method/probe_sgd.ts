/** A linear probe by the paper's SGD: learning rates swept on the validation rows, the best one tested. */
import type { Split } from "../data/split.ts";
import type { Engine, JobOptions, LabelledFeatures, SgdOptions } from "../engine/engine.ts";
import { UserError } from "../pipeline/errors.ts";

/** What the probe at the best learning rate said. */
export interface SgdScore {
  /** The metric on the test rows, percent. */
  readonly value: number;
  readonly learningRate: number;
  readonly steps: number;
  /** Every learning rate tried, with the metric on the validation rows, percent; null where it diverged. */
  readonly sweep: { learningRate: number; validation: number | null }[];
}

/** Fits one probe for each learning rate and keeps the test score of the one that is best on the validation rows; of
 * equals, the slowest. Throws a UserError where all of them diverge. */
export async function probeBySgd(
  engine: { readonly probes: Pick<Engine["probes"], "sgd"> },
  { train, validation, test }: Readonly<Record<Split, LabelledFeatures>>,
  { metric, learningRates, ...options }: SgdOptions & {
    readonly metric: string;
    readonly learningRates: readonly number[];
    readonly classes: number;
    readonly device: string;
    readonly threads: number;
  },
  job: JobOptions,
): Promise<SgdScore> {
  const ascending = learningRates.toSorted((a, b) => a - b);
  const given = { ...options, learningRates: ascending };
  const outcomes = await engine.probes.sgd(metric, train, [validation, test], given, job);
  const fits = outcomes.map(({ values, steps }, at) => ({
    ...{ learningRate: ascending[at] ?? NaN, steps },
    ...{ validation: values?.[0] ?? null, value: values?.[1] ?? null },
  }));
  const finite = fits.flatMap(({ validation, value, ...fit }) =>
    validation === null || value === null ? [] : [{ ...fit, validation, value }]
  );
  const [first, ...others] = finite;
  if (!first) {
    throw new UserError(
      `Cannot probe by SGD: it needs a learning rate with which the weights stay finite, found ` +
        `none among ${ascending.join(", ")}. Give smaller ones: ` +
        `--set probe.sgd.learningRates=[${ascending[0]! / 100}]`,
    );
  }
  const { value, learningRate, steps } = others.reduce(
    (a, b) => b.validation > a.validation ? b : a,
    first,
  );
  const sweep = fits.map(({ learningRate, validation }) => ({ learningRate, validation }));
  return { value, learningRate, steps, sweep };
}
