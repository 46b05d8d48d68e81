/** What the doctor looks at: each check has a file here, or a line in a list of them. */
import type { Interpreter } from "../../python/discover.ts";
import type { Engine } from "../../engine/mod.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { SetupReport } from "./setup_report.ts";

/** "left out": it could not be looked at. Only "wrong" makes the exit code 1. */
export type Verdict = "ok" | "note" | "wrong" | "left out";

export interface Finding {
  readonly verdict: Verdict;
  /** What was found. */
  readonly says: string;
  /** What to do about it. */
  readonly todo?: string;
}

export interface Check {
  readonly name: string;
  /** What it throws is a finding, too. */
  run(patient: Patient): Promise<readonly Finding[]>;
}

/** What checks look at; what several of them ask for is found out once. Each function rejects where it cannot be
 * had. */
export interface Patient {
  /** Where the runs are. */
  readonly out: string;
  /** Undefined where the task did not set up. */
  readonly setup: SetupReport | undefined;
  interpreter(): Promise<Interpreter>;
  /** Of the packages, each order in which they were imported in a process of its own. */
  diagnoses(): Promise<readonly Diagnosis[]>;
  engine(): Promise<Engine>;
}

/** Something that a check needs is not there: another check says why. */
export class LeftOut extends Error {}

export const ok = (says: string): Finding => ({ verdict: "ok", says });
export const note = (says: string, todo?: string): Finding => ({
  verdict: "note",
  says,
  ...(todo !== undefined && { todo }),
});
export const wrong = (says: string, todo: string): Finding => ({ verdict: "wrong", says, todo });
