/** When a run is likely to end: from how far its stages are, what others of their kind took, and its plan. */
import type { Forecast } from "../pipeline/forecast.ts";
import type { RunRecord } from "../pipeline/record.ts";
import { scheduleNodes, scheduleSeconds } from "../pipeline/schedule.ts";
import { isDone, type NodeStatus, type RunStatus } from "../pipeline/status.ts";

export interface TimeToGo {
  /** Until the stages end of which something is known. */
  readonly seconds: number;
  /** Stages of which nothing is known: they come on top. */
  readonly unknown: number;
}

type RecordedNode = RunRecord["nodes"][number];

/** Of a run that is at work; undefined where nothing is known of any stage that is left. `now`: milliseconds. */
export function timeToGo(
  { nodes: recorded, resolved }: Pick<RunRecord, "nodes" | "resolved">,
  status: RunStatus,
  forecast: Forecast | undefined,
  now: number,
): TimeToGo | undefined {
  if (status.state !== "running") return undefined;
  const known = new Map(status.nodes.map((node) => [node.id, node]));
  const left = recorded.filter(({ id }) => isLeft(known.get(id)));
  if (left.length === 0) return undefined;
  const expected = expectations(recorded, known, forecast);
  const since = Math.max(0, now - Date.parse(status.lastEvent ?? "")) / 1000 || 0;
  const seconds = new Map(left.map((node) => {
    const { eta } = known.get(node.id)!;
    return [node.id, eta === undefined ? expected(node) : Math.max(0, eta - since)];
  }));
  const unknown = left.filter(({ id }) => seconds.get(id) === undefined).length;
  if (unknown === left.length) return undefined;
  const first = left.toSorted((a, b) => order(known.get(a.id)!) - order(known.get(b.id)!));
  const before = new Set<string>(); // a record that somebody changed may lead in circles
  const timed = first.map(({ id, inputs }) => {
    const needed = inputs.filter((input) => before.has(input));
    before.add(id);
    return { id, inputs: needed, seconds: seconds.get(id) ?? 0 };
  });
  const workers = Math.max(1, Number(resolved.workers) || 1);
  return { seconds: scheduleSeconds(scheduleNodes(timed, workers)), unknown };
}

function isLeft(node: NodeStatus | undefined): boolean {
  return node !== undefined && !isDone(node) && node.state !== "failed" && node.state !== "not-run";
}

/** Those at work hold their place. */
function order({ state }: NodeStatus): number {
  return state === "running" ? 0 : 1;
}

/** Seconds that a stage takes from its start: what the same one took for other seeds and points in this run, else what
 * the plan says, else what any of its kind took. */
function expectations(
  recorded: readonly RecordedNode[],
  known: ReadonlyMap<string, NodeStatus>,
  forecast: Forecast | undefined,
): (node: RecordedNode) => number | undefined {
  const took = (keyOf: (node: RecordedNode) => string) => {
    const sums = new Map<string, number[]>();
    for (const node of recorded) {
      const { seconds } = known.get(node.id) ?? {};
      if (seconds === undefined) continue;
      sums.set(keyOf(node), [...sums.get(keyOf(node)) ?? [], seconds]);
    }
    return (node: RecordedNode) => {
      const all = sums.get(keyOf(node));
      return all && all.reduce((sum, one) => sum + one, 0) / all.length;
    };
  };
  const like = took(({ stage, serves }) =>
    JSON.stringify([stage, [...new Set(serves.map(({ arm }) => arm))].toSorted()])
  );
  const kind = took(({ stage }) => stage);
  const planned = new Map(forecast?.stages.map(({ node, seconds }) => [node, seconds]));
  return (node) => like(node) ?? planned.get(node.id) ?? kind(node);
}
