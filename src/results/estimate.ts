/** A mean over seeds with its spread, and how the two are written down. */

/** `spread` is the sample standard deviation over seeds; one seed has none. */
export interface Estimate {
  readonly mean: number;
  readonly spread?: number;
}

/** Mean and sample standard deviation (n - 1) of one value per seed. Throws a RangeError on none. */
export function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  if (n === 0) throw new RangeError("estimate() needs at least one value, got none");
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / (n - 1)) };
}

/** The estimate of `after - before`, paired seed by seed. */
export function estimateGain(after: readonly number[], before: readonly number[]): Estimate {
  if (after.length !== before.length) {
    throw new RangeError(
      `estimateGain() pairs scores by seed: got ${after.length} and ${before.length} scores`,
    );
  }
  return estimate(after.map((value, seed) => value - before[seed]!));
}

/** One decimal: `45.5`. */
export function formatScore(value: number): string {
  return withoutNegativeZero(value.toFixed(1));
}

/** One decimal and always a sign, `+4.1` or `−1.4`; `0.0` has none. */
export function formatSigned(value: number): string {
  const text = formatScore(value);
  if (text === "0.0") return text;
  return text.startsWith("-") ? text.replace("-", "−") : `+${text}`;
}

/** `45.5 ± 1.3`, or `45.5` for one seed. */
export function formatEstimate({ mean, spread }: Estimate): string {
  return formatScore(mean) + (spread === undefined ? "" : ` ± ${formatScore(spread)}`);
}

/** `+4.1 ± 1.2`, or `+4.1` for one seed. */
export function formatGain({ mean, spread }: Estimate): string {
  return spread === undefined
    ? formatSigned(mean)
    : `${formatSigned(mean)} ± ${formatScore(spread)}`;
}

function withoutNegativeZero(text: string): string {
  return text === "-0.0" ? "0.0" : text;
}
