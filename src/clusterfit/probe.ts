/** One linear probe: costs swept on the validation rows, the best one tested (paper, section 3.1). */
import type { Engine, JobOptions, Tensor } from "../engine/engine.ts";
import type { Split } from "../data/split.ts";

/** Features float32 [N, D] and labels int64 [N] of one part of a target. */
export interface Rows {
  readonly features: Tensor;
  readonly labels: Tensor;
}

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
  parts: Readonly<Record<Split, Rows>>,
  { costs, device, threads }: {
    readonly costs: readonly number[];
    readonly device: string;
    readonly threads: number;
  },
  job: JobOptions,
): Promise<ProbeScore> {
  const fits = [];
  for (const cost of costs.toSorted((a, b) => a - b)) {
    job.signal?.throwIfAborted();
    const { correct, total } = await engine.probes.fit(
      parts.train,
      [parts.validation, parts.test],
      { cost, device, threads },
      job,
    );
    const [validationAccuracy = 0, testAccuracy = 0] = correct.map((right, at) =>
      100 * right / (total[at] ?? 1)
    );
    fits.push({ cost, validationAccuracy, testAccuracy });
  }
  const best = fits.reduce((a, b) => b.validationAccuracy > a.validationAccuracy ? b : a);
  return {
    testAccuracy: best.testAccuracy,
    cost: best.cost,
    sweep: fits.map(({ cost, validationAccuracy }) => ({ cost, validationAccuracy })),
  };
}
