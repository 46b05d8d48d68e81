/** What was found of a claim, in words. */
import { formatGain, formatScore } from "./estimate.ts";
import type { Difference } from "./paired.ts";
import type { SeriesRead } from "./read_series.ts";
import { listed } from "./words.ts";

export interface Found {
  /** What the claim says is above zero; absent where no seed has all of it. */
  readonly difference?: Difference;
  readonly missing: readonly string[];
  /** The numbers, or what is missing. */
  readonly text: string;
}

/** `say`: the two sides of the difference. */
export function found(
  reads: readonly SeriesRead[],
  difference: Difference | undefined,
  say: (difference: Difference) => string,
): Found {
  const missing = [...new Set(reads.flatMap((one) => one.missing))];
  const numbers = difference &&
    `${say(difference)}: ${formatGain(difference)}, margin ${formatScore(difference.margin)}`;
  const lacking = missing.length > 0 && `not measured: ${listed(missing)}`;
  return {
    ...(difference && { difference }),
    missing,
    text: [numbers, lacking].filter(Boolean).join("; "),
  };
}
