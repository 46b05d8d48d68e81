/** One linear probe: costs swept on the validation rows, the best one tested (paper, section 3.1). */
import type { Split } from "../data/split.ts";
import type { Engine, JobOptions, LabelledFeatures } from "../engine/engine.ts";

export interface ProbeScore {
  /** Percent correct on the test rows. */
  readonly testAccuracy: number;
  readonly cost: number;
  readonly sweep: readonly { readonly cost: number; readonly validationAccuracy: number }[];
}

/** Fits one probe per cost and keeps the test score of the one that is best on the validation rows; of
 * equals, the most regularised. */
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
  const correct = await engine.probes.sweep(
    train,
    [validation, test],
    { costs: ascending, device, threads },
    job,
  );
  const fits = ascending.map((cost, at) => {
    const [rightOnValidation = 0, rightOnTest = 0] = correct[at] ?? [];
    return {
      cost,
      validationAccuracy: percent(rightOnValidation, validation),
      testAccuracy: percent(rightOnTest, test),
    };
  });
  const best = fits.reduce((a, b) => b.validationAccuracy > a.validationAccuracy ? b : a);
  return {
    testAccuracy: best.testAccuracy,
    cost: best.cost,
    sweep: fits.map(({ cost, validationAccuracy }) => ({ cost, validationAccuracy })),
  };
}

function percent(right: number, { labels }: LabelledFeatures): number {
  return 100 * right / (labels.shape[0] ?? 1);
}
