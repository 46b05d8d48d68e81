/** One linear probe: costs swept on the validation rows, the best one tested (paper, section 3.1). */
import type { Split } from "../data/split.ts";
import type { Engine, JobOptions, LabelledFeatures } from "../engine/engine.ts";
import type { ProbeScore } from "./scores.ts";

/** Fits one probe per cost and keeps the test score of the one that is best on the validation rows; of
 * equals, the most regularised. Whether that one converged is told with it. */
export async function probe(
  engine: Pick<Engine, "probes">,
  { train, validation, test }: Readonly<Record<Split, LabelledFeatures>>,
  { costs, device, threads }: {
    readonly costs: readonly number[];
    readonly device: string;
    readonly threads: number;
  },
  job: JobOptions,
): Promise<ProbeScore> {
  const ascending = costs.toSorted((a, b) => a - b);
  const outcomes = await engine.probes.sweep(
    train,
    [validation, test],
    { costs: ascending, device, threads },
    job,
  );
  const fits = outcomes.map(({ correct, evaluations, converged }, at) => {
    const [rightOnValidation = 0, rightOnTest = 0] = correct;
    return {
      cost: ascending[at] ?? NaN,
      validationAccuracy: percent(rightOnValidation, validation),
      testAccuracy: percent(rightOnTest, test),
      evaluations,
      converged,
    };
  });
  const { validationAccuracy: _, ...best } = fits.reduce((a, b) =>
    b.validationAccuracy > a.validationAccuracy ? b : a
  );
  return {
    ...best,
    sweep: fits.map(({ testAccuracy: _, ...fit }) => fit),
  };
}

function percent(right: number, { labels }: LabelledFeatures): number {
  return 100 * right / (labels.shape[0] ?? 1);
}
