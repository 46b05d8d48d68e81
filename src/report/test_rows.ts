/** What a reader has to know of the test sets: how large they are, and which differences that makes noise. */
import { formatScore } from "../results/estimate.ts";
import { count } from "../results/count.ts";
import { noisyRows, rowMargin } from "../results/paired.ts";
import { baselineOf, select } from "../results/select.ts";
import type { MeasuredTarget, Summary } from "../results/summary.ts";
import { isSmall } from "../results/verdict.ts";

/** `Plants: 19 test rows, majority baseline 21.1; differences up to 15.8 points (3 rows) mean nothing.`, one for each
 * target; of differences only where the test set is small. */
export function testRowLines({ targets, measurements }: Summary): string[] {
  return targets.map(({ name, title, metric, test }) => {
    const baseline = baselineOf(select(measurements, { target: name, metric, part: "test" }));
    return testRowLine(title, { test, baseline });
  });
}

/** One of these lines. */
export function testRowLine(
  title: string,
  { test, baseline }: Pick<MeasuredTarget, "test"> & { readonly baseline: number | null },
): string {
  const chance = baseline === null ? "" : `, majority baseline ${formatScore(baseline)}`;
  const noise = isSmall({ test }) ? `; ${noiseText({ test })}` : "";
  return `${title}: ${count(test, "test row")}${chance}${noise}.`;
}

/** `Plants: differences up to 15.8 points (3 rows) mean nothing.` for each small test set. */
export function smallTestNotes({ targets }: Pick<Summary, "targets">): string[] {
  return targets.filter(isSmall).map((target) => `${target.title}: ${noiseText(target)}.`);
}

const noiseText = ({ test }: Pick<MeasuredTarget, "test">) =>
  `differences up to ${
    formatScore(Math.min(100, rowMargin(test)))
  } points (${noisyRows} rows) mean nothing`;
