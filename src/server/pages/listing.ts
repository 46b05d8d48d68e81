/** Which of the runs a page of the list shows, as its address says it. */
import type { Registry } from "../../registry/registry.ts";
import type { RunFilter } from "../../registry/run_filter.ts";
import type { ListedState, RunRow } from "../../registry/run_row.ts";

/** What is asked for. */
export interface ListQuery {
  /** Words that a run has in its name, title, facts, command or message, and settings as `k=500`. */
  readonly text: string;
  /** Empty for all of them. */
  readonly state: ListedState | "";
  /** An experiment; empty for all of them. */
  readonly experiment: string;
  /** From 1 on. */
  readonly page: number;
}

export interface Listing {
  readonly asked: ListQuery;
  readonly runs: readonly RunRow[];
  /** That match. */
  readonly total: number;
  /** What is wrong with the index. */
  readonly notes: readonly string[];
}

export const states = [
  ...["running", "waiting", "finished", "failed", "stopped", "interrupted", "damaged"],
] as readonly ListedState[];

export const pageRuns = 100;

export function readQuery(get: (name: string) => string | undefined): ListQuery {
  const page = Number(get("page"));
  return {
    text: (get("q") ?? "").trim().slice(0, 200),
    state: states.find((one) => one === get("state")) ?? "",
    experiment: get("experiment") ?? "",
    page: Number.isSafeInteger(page) && page > 0 && page < 1e9 ? page : 1,
  };
}

/** As of the last refresh. */
export function listRuns(registry: Registry, asked: ListQuery): Listing {
  const { text, state, experiment, page } = asked;
  const filter: RunFilter = {
    ...(text !== "" && { text }),
    ...(state !== "" && { states: [state] }),
    ...(experiment !== "" && { experiment }),
  };
  const offset = (page - 1) * pageRuns;
  return {
    asked,
    runs: registry.list({ ...filter, limit: pageRuns, offset }),
    total: registry.count(filter),
    notes: registry.notes,
  };
}
