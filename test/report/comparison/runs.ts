/** Runs to be compared, by a few words. */
import type { RunRecord } from "../../../src/pipeline/record.ts";
import type { ComparedRun } from "../../../src/report/comparison/compared_run.ts";
import type { Series, Summary } from "../../../src/results/summary.ts";

export function recordOf(
  config: RunRecord["config"],
  { asked = {}, resolved = {}, title = "A toy" }: Partial<
    Pick<RunRecord, "asked" | "resolved" | "title">
  > = {},
): RunRecord {
  return {
    ...{ schema: 2, id: "toy", title, command: ["toy"], asked, config, study: {}, resolved },
    ...{ createdAt: "2026-01-02T03:04:05.000Z", nodes: [] },
  };
}

/** A finished one. */
export function runOf(summary: Summary, of: Partial<ComparedRun> = {}): ComparedRun {
  return {
    ...{
      name: "toy",
      state: "finished" as const,
      study: summary.study,
      summary,
      attempts: [],
      events: [],
    },
    ...{ curves: summary.series, record: recordOf({}), ...of },
  };
}

/** One under way, which has published nothing. */
export function openRunOf({ study }: Summary, of: Partial<ComparedRun> = {}): ComparedRun {
  return {
    ...{ name: "open", state: "running" as const, study, attempts: [], events: [], curves: [] },
    ...{ record: recordOf({}), ...of },
  };
}

/** A curve of these losses, from epoch 1 on; percent correct 10 times the epoch. */
export function curve(
  arm: string,
  losses: readonly number[],
  { at = {}, seed = 1 }: Partial<Pick<Series, "at" | "seed">> = {},
): Series {
  return {
    ...{ arm, at, seed },
    points: losses.map((loss, index) => ({
      ...{ epoch: index + 1, loss, accuracy: 10 * (index + 1), learningRate: 0.1 },
    })),
  };
}
