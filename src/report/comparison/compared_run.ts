/** A run as far as it is: what its folder says of it. */
import type { Attempt, RunEvent } from "../../pipeline/events.ts";
import type { RunRecord } from "../../pipeline/record.ts";
import type { RunState, RunStatus } from "../../pipeline/status.ts";
import type { Study } from "../../results/study.ts";
import type { Series, Summary } from "../../results/summary.ts";

export interface ComparedRun {
  /** Of its folder. */
  readonly name: string;
  readonly state: RunState | "damaged";
  /** Why it failed, or what is damaged. */
  readonly message?: string;
  /** Absent where it cannot be read. */
  readonly record?: RunRecord;
  readonly status?: RunStatus;
  readonly study?: Study;
  readonly curves: readonly Series[];
  /** Of a run that published its results. */
  readonly summary?: Summary;
  /** Who worked on it, oldest first. */
  readonly attempts: readonly Pick<Attempt, "versions" | "hardware">[];
  /** What happened, with or without progress. */
  readonly events: readonly RunEvent[];
}
