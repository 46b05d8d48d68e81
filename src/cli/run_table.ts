/** Runs as a table on the terminal, and what to do with those that have not come to their end. */
import { join } from "node:path";
import { formatDuration } from "../report/duration.ts";
import { printable } from "../report/printable.ts";
import { count } from "../results/count.ts";
import type { RunRow } from "../registry/run_row.ts";
import { formatTime } from "./dates.ts";
import { onOneLine, plainTable } from "./plain_table.ts";
import { shellCommand } from "../report/shell.ts";

/** Runs whose command is told. */
const mostCommands = 3;

/** `width`: columns of the terminal; `runs`: the folder of the runs. */
export function runTable(
  rows: readonly RunRow[],
  { width, runs }: { readonly width: number; readonly runs: string },
): string {
  const lines = plainTable(
    ["run", "state", "stages", "began", "took", "what"],
    rows.map((row) => [
      ...[row.name, row.state, `${row.stagesDone}/${row.stagesTotal}`],
      row.createdAt === null ? "" : formatTime(row.createdAt),
      formatDuration(row.seconds),
      whatOf(row),
    ]),
    { width, keep: 5 },
  );
  return [...lines, ...goOnLines(rows), ...mendLines(rows, runs)].join("\n");
}

/** Its title and facts; of a failed one why, before them; of a damaged one what is wrong. */
function whatOf({ state, title, facts, message }: RunRow): string {
  if (state === "damaged" || title === null) return message ?? "";
  const what = [title, ...facts.map(([name, value]) => `${name} ${value}`)].join(", ");
  return state === "failed" && message !== null ? `${message} (${what})` : what;
}

/** Those that their command goes on with. */
const halfWay: ReadonlySet<RunRow["state"]> = new Set(["interrupted", "stopped", "failed"]);

function goOnLines(rows: readonly RunRow[]): string[] {
  const ended = rows.filter(({ state, command }) => halfWay.has(state) && command.length > 0);
  if (ended.length === 0) return [];
  const more = ended.length - mostCommands;
  return [
    "",
    `${count(ended.length, "run")} stopped half-way. The command that began a run goes on with it:`,
    ...ended.slice(0, mostCommands).map(({ name, command }) =>
      `  ${onOneLine(name)}: ${printable(shellCommand(command))}`
    ),
    ...(more > 0 ? [`  and ${count(more, "more run")}: --json tells the command of each`] : []),
  ];
}

function mendLines(rows: readonly RunRow[], runs: string): string[] {
  const [first, ...others] = rows.filter(({ state }) => state === "damaged");
  if (!first) return [];
  return [
    "",
    `${count(others.length + 1, "run")} damaged. What is, and what mends it:`,
    `  deno task clusterfit verify ${printable(shellCommand([join(runs, first.name)]))}`,
  ];
}
