/** What the pages show, as JSON. */
import { toJsonResult } from "../report/json_result.ts";
import type { Snapshot } from "./snapshot.ts";
import { stagesDone } from "../pipeline/status.ts";

/** One run in the list. */
export function runItem({ name, record, status }: Snapshot) {
  return {
    id: name,
    title: record.title,
    state: status.state,
    createdAt: record.createdAt,
    seconds: status.seconds,
    lastEvent: status.lastEvent ?? null,
    stages: { done: stagesDone(status), total: status.nodes.length },
  };
}

/** One run in full; `result` is what `--json` prints but for the report's path, `null` until the run is finished. */
export function runDetail(snapshot: Snapshot) {
  const { name, record, status, curves, summary } = snapshot;
  return {
    ...runItem(snapshot),
    command: record.command,
    seeds: record.seeds,
    message: status.message ?? null,
    nodes: status.nodes,
    curves,
    result: summary ? toJsonResult(summary, name, status.seconds) : null,
  };
}
