/** The attempts at a run, one after the other: who worked on it, from when to when, and how each ended. */
import type { Attempt, RunEvent } from "../pipeline/events.ts";

export interface AttemptEnd {
  /** "interrupted" where it ended without a word, "running" where the run is under way. */
  readonly outcome: "finished" | "stopped" | "failed" | "interrupted" | "running";
  /** ISO time of its last event. */
  readonly ended: string;
}

export type RunAttempt = Omit<Attempt, "run"> & AttemptEnd & {
  /** ISO time. */
  readonly began: string;
};

/** `events`: in their order, with or without progress. `underWay`: whether a process is at work on the last of
 * them. `lastEvents`: time of the last event of each attempt, progress too. */
export function attemptsOf(
  events: readonly RunEvent[],
  { underWay, lastEvents }: { readonly underWay: boolean; readonly lastEvents: readonly string[] },
): RunAttempt[] {
  const attempts: RunAttempt[] = [];
  for (const event of events) {
    if (event.type === "run-started") {
      const { run: _, ...who } = event.attempt;
      attempts.push({ began: event.t, ended: event.t, outcome: "interrupted", ...who });
      continue;
    }
    const last = attempts.pop();
    if (last) {
      attempts.push({ ...last, ended: event.t, outcome: endings[event.type] ?? last.outcome });
    }
  }
  return attempts.map((attempt, at) => {
    const ended = lastEvents[at] ?? attempt.ended;
    const isLast = at === attempts.length - 1;
    return { ...attempt, ended, ...(isLast && underWay && { outcome: "running" }) };
  });
}

const endings: { readonly [Type in RunEvent["type"]]?: AttemptEnd["outcome"] } = {
  "run-finished": "finished",
  "run-stopped": "stopped",
  "run-failed": "failed",
};
