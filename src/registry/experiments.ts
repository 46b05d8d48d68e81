/** The experiments that have runs, each with what its newest finished run measured. */
import type { Summary } from "../results/summary.ts";
import type { Registry } from "./registry.ts";
import type { RunRow } from "./run_row.ts";

export interface ExperimentRuns {
  readonly name: string;
  /** Newest first; one at least. */
  readonly rows: readonly [RunRow, ...RunRow[]];
  /** The newest run that finished; undefined where none has. */
  readonly newest?: { readonly row: RunRow; readonly summary: Summary };
}

/** The one with the newest run first, as of the last refresh. */
export async function experimentRuns(registry: Registry): Promise<ExperimentRuns[]> {
  const found: ExperimentRuns[] = [];
  for (const [name, [first, ...others]] of Map.groupBy(registry.list(), byExperiment)) {
    if (name === null || !first) continue;
    const rows = [first, ...others] as const;
    const row = rows.find(({ state }) => state === "finished");
    const summary = row && (await registry.runs.find(row.name))?.summary;
    found.push({ name, rows, ...(summary && { newest: { row, summary } }) });
  }
  return found;
}

const byExperiment = ({ experiment }: RunRow) => experiment;
