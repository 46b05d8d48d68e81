/** A plan for a terminal: a line for each stage, or for each kind of stage where they are many. */
import { formatBytes } from "../report/bytes.ts";
import type { Forecast, PlannedStage } from "../pipeline/forecast.ts";
import { formatDuration } from "../report/duration.ts";
import { count } from "../results/count.ts";

/** Stages that are listed one by one. */
const mostLines = 40;

/** `workers`: stages at once. */
export function planTable(forecast: Forecast, workers: number): string {
  const { stages, seconds, memory, disk, cost } = forecast;
  const rows = stages.length > mostLines ? byKind(stages) : stages.map(rowOf);
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, ...cells]) =>
    [name.padEnd(width), ...cells.map((cell) => cell.padStart(10))].join("  ").trimEnd()
  );
  const unknown = stages.filter(({ seconds }) => seconds === null);
  const total = [
    `about ${formatDuration(seconds)} with ${count(workers, "stage")} at once`,
    `up to ${formatBytes(memory)} of memory`,
    `${formatBytes(disk)} on the disk`,
    ...(cost === null ? [] : [`${formatCost(cost)} in money`]),
  ].join(", ");
  const left = unknown.length === 0
    ? []
    : [`Without ${unknown.map(({ title }) => title).join(", ")}: nothing is known of such stages.`];
  return [...lines, "", `In all ${total}.`, ...left].join("\n");
}

type Row = readonly [name: string, ...cells: string[]];

function rowOf({ title, seconds, disk, cost, action }: PlannedStage): Row {
  if (action === "reuse" || action === "link") return [title, "there"];
  return [title, ...cellsOf(seconds, disk, cost)];
}

function byKind(stages: readonly PlannedStage[]): Row[] {
  return [...Map.groupBy(stages, ({ stage }) => stage)].map(([stage, all]) => {
    const sum = (of: (stage: PlannedStage) => number | null) =>
      all.reduce((total, one) => total + (of(one) ?? 0), 0);
    const known = all.some(({ seconds }) => seconds !== null);
    const cost = all.every(({ cost }) => cost === null) ? null : sum(({ cost }) => cost);
    return [
      `${all.length} x ${stage}`,
      ...cellsOf(known ? sum(({ seconds }) => seconds) : null, sum(({ disk }) => disk), cost),
    ];
  });
}

function cellsOf(seconds: number | null, disk: number, cost: number | null): string[] {
  return [
    seconds === null ? "?" : formatDuration(seconds),
    formatBytes(disk),
    ...(cost === null ? [] : [formatCost(cost)]),
  ];
}

function formatCost(cost: number): string {
  return cost.toFixed(cost >= 1 ? 2 : 4);
}
