/** One penalised linear probe: costs swept on the validation rows, the best one tested (paper, section 3.1). */
import type { Split } from "../data/split.ts";
import type { Engine, JobOptions, LabelledFeatures } from "../engine/engine.ts";

/** What the probe at the best cost said. */
export interface ProbeScore {
  /** The metric on the test rows, percent. */
  readonly value: number;
  readonly cost: number;
  readonly evaluations: number;
  readonly converged: boolean;
  /** Every cost tried, with the metric on the validation rows, percent. */
  readonly sweep: { cost: number; validation: number; evaluations: number; converged: boolean }[];
}

/** Fits one probe per cost and keeps the test score of the one that is best on the validation rows; of
 * equals, the most regularised. Whether that one converged is told with it. */
export async function probe(
  engine: { readonly probes: Pick<Engine["probes"], "sweep"> },
  { train, validation, test }: Readonly<Record<Split, LabelledFeatures>>,
  { probe, metric, costs, ...options }: {
    readonly probe: string;
    readonly metric: string;
    readonly costs: readonly number[];
    readonly classes: number;
    readonly device: string;
    readonly threads: number;
    readonly folder?: string;
  },
  job: JobOptions,
): Promise<ProbeScore> {
  const ascending = costs.toSorted((a, b) => a - b);
  const outcomes = await engine.probes.sweep(
    probe,
    metric,
    train,
    [validation, test],
    { ...options, costs: ascending },
    job,
  );
  const fits = outcomes.map(({ values, evaluations, converged }, at) => {
    const [onValidation = NaN, onTest = NaN] = values;
    return {
      cost: ascending[at] ?? NaN,
      validation: onValidation,
      value: onTest,
      evaluations,
      converged,
    };
  });
  const { validation: _, ...best } = fits.reduce((a, b) => b.validation > a.validation ? b : a);
  return { ...best, sweep: fits.map(({ value: _, ...fit }) => fit) };
}
