/** A claim against the numbers: does it hold? */
import type { Claim } from "./claim.ts";
import { judgeAlong } from "./judge_along.ts";
import { judgeBetween } from "./judge_between.ts";
import type { Difference } from "./paired.ts";
import type { Summary } from "./summary.ts";

/** What became of a claim. */
export interface Judgement {
  /** What was claimed. */
  readonly claim: Claim;
  /** Whether it holds. */
  readonly verdict: Claim["expected"];
  /** What the claim says is above zero, paired by seed; absent where no seed has all of it. */
  readonly difference?: Difference;
  /** The numbers behind the verdict, or what is missing for one. */
  readonly text: string;
}

/**
 * A claim holds where its difference is above zero by more than the margin (see `Difference`) and does not
 * hold where it is as far below. In between it is undecided, and wherever a measurement is missing: which seeds
 * and points fail is no accident.
 *
 * @example A claim of one's own about a run
 * ```ts
 * import { type Claim, judge, openRun, readReportInput } from "clusterfit";
 *
 * const { summary } = await readReportInput(await openRun("runs/mine"));
 * const series = { target: "emoji-identity", at: {} };
 * const claim: Claim = {
 *   ...{ id: "mine", text: "Ncf transfers better than Npre", paper: "", expected: "holds" },
 *   test: { kind: "higher", better: { ...series, arm: "ncf" }, worse: { ...series, arm: "npre" } },
 * };
 * console.log(judge(claim, summary).verdict); // undecided
 * ```
 */
export function judge(claim: Claim, summary: Summary): Judgement {
  const { difference, missing, text } = "axis" in claim.test
    ? judgeAlong(claim.test, summary)
    : judgeBetween(claim.test, summary);
  const verdict = difference && missing.length === 0 ? verdicts[difference.sign] : "undecided";
  return { claim, verdict, ...(difference && { difference }), text };
}

const verdicts = { [-1]: "does not hold", 0: "undecided", 1: "holds" } as const;
