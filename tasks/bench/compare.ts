/** How much slower the TypeScript run is than Python alone, and whether that is within the limit. */

/** Seconds of one stage, run by run. */
export interface StageTimes {
  readonly typescript: readonly number[];
  readonly python: readonly number[];
}

export interface StageComparison {
  /** Medians, seconds. */
  readonly typescript: number;
  readonly python: number;
  /** TypeScript - Python. */
  readonly differenceMs: number;
  /** TypeScript / Python. */
  readonly ratio: number;
  /** Whether the difference is at most `limit.ratio` of Python's time or `limit.milliseconds`. */
  readonly within: boolean;
}

export const limit = { ratio: 0.02, milliseconds: 100 } as const;

export function compareStage(times: StageTimes): StageComparison {
  const typescript = median(times.typescript);
  const python = median(times.python);
  const differenceMs = 1000 * (typescript - python);
  return {
    typescript,
    python,
    differenceMs,
    ratio: typescript / python,
    within: differenceMs <= Math.max(limit.milliseconds, 1000 * limit.ratio * python),
  };
}

/** The middle value; of an even number, the mean of the two in the middle. Throws where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error("a median needs a value");
  return (low + high) / 2;
}
