/** Learning rates, one per step. Every schedule is a pure function of its length. */

export interface CosineSchedule {
  readonly peak: number;
  readonly warmupSteps: number;
  readonly totalSteps: number;
}

/** Linear warm-up to `peak` over `warmupSteps`, then half a cosine down to zero at `totalSteps`.
 * Stretched, not repeated, for Npre 2x: the same shape over the summed epochs (paper, section 4). */
export function cosineWithWarmup(schedule: CosineSchedule, step: number): number {
  const { peak, totalSteps } = schedule;
  const warmup = Math.min(schedule.warmupSteps, totalSteps);
  if (step < warmup) return peak * (step + 1) / warmup;
  const position = (step - warmup) / Math.max(1, totalSteps - warmup);
  return peak * 0.5 * (1 + Math.cos(Math.PI * position));
}
