/** `clusterfit ls`: runs found again. */
import { Command, InvalidArgumentError } from "commander";
import { UserError } from "../../pipeline/errors.ts";
import { isThere } from "../../pipeline/files.ts";
import { nearestWord } from "../../pipeline/nearest_word.ts";
import { Registry } from "../../registry/registry.ts";
import type { RunFilter } from "../../registry/run_filter.ts";
import { type ListedState, listedStates, type RunRow } from "../../registry/run_row.ts";
import { since, timeNeeded, until } from "../../registry/times.ts";
import { count } from "../../results/count.ts";
import { addHelp } from "../help.ts";
import { path, wholeNumber } from "../options.ts";
import { createOutput } from "../output.ts";
import { onOneLine, terminalWidth } from "../plain_table.ts";
import { progressLine } from "../progress_line.ts";
import { runTable } from "../run_table.ts";
import type { Subcommand } from "./command.ts";

interface Flags {
  readonly runs: string;
  readonly state?: readonly ListedState[];
  readonly experiment?: string;
  readonly data?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly json: boolean;
}

/** Runs in a table where no limit is given. */
const usualLimit = 50;

export const ls: Subcommand = {
  name: "ls",
  about: "list the runs, newest first, by state, experiment, data, date or words",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit ls")
        .description(
          "List the runs, newest first, each with its true state: one whose process died is interrupted, and the " +
            "command that goes on with it is told (docs/RUNS.md).\n" +
            "  deno task clusterfit ls --state interrupted,failed --since 7d\n" +
            "  deno task clusterfit ls rotnet k=500",
        )
        .argument(
          "[words...]",
          "that stand in its name, title or command, or settings as k=500; all of them",
        )
        .option("--state <states>", `of ${listedStates.join(", ")}; several with commas`, states)
        .option("--experiment <name>", "of this experiment: default, figure3 ...")
        .option("--data <text>", "a part of what its pictures are called: icons, or of a path")
        .option(
          "--since <time>",
          "begun then or later: 2026-11-20, or 7d, 12h, 30m ago",
          (text) => time(text, since),
        )
        .option(
          "--until <time>",
          "begun then or before, of a day until its end",
          (text) => time(text, until),
        )
        .option("--limit <n>", `the newest so many; ${usualLimit} in a table`, wholeNumber(1))
        .option("--runs <folder>", "where run folders are kept", path, "runs")
        .option("--json", "print the runs as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    const flags = command.opts<Flags>();
    const { runs, json, limit = json ? undefined : usualLimit } = flags;
    const output = createOutput({ json });
    if (command.getOptionValueSource("runs") !== "default") await checkThere(runs);
    using registry = Registry.open(runs);
    await registry.refresh({ onProgress: progressOf(progressLine(output, "Reading runs")) });
    const filter = filterOf(flags, command.args);
    const rows = registry.list({ ...filter, ...(limit !== undefined && { limit }) });
    const { notes } = registry;
    if (json) {
      output.result(JSON.stringify({ runs: rows, notes }));
      return 0;
    }
    output.result(
      rows.length > 0
        ? runTable(rows, { width: terminalWidth(), runs })
        : nothing(registry, runs, command.args.length > 0),
    );
    const all = registry.count(filter);
    if (rows.length < all) {
      output.line(`\nThe newest ${rows.length} of ${count(all, "run")}: --limit ${all} lists all.`);
    }
    for (const note of [...rows.flatMap(notesOf), ...notes]) output.line(`note: ${note}`);
    return 0;
  },
};

/** What `refresh` tells, for a line of progress. */
export function progressOf(line: ReturnType<typeof progressLine>) {
  return (done: number, total: number) => line({ done, total, unit: "runs" });
}

function filterOf(
  { state, experiment, data, since, until }: Flags,
  words: readonly string[],
): RunFilter {
  return {
    ...(state && { states: state }),
    ...(experiment !== undefined && { experiment }),
    ...(data !== undefined && { data }),
    ...(since !== undefined && { from: since }),
    ...(until !== undefined && { to: until }),
    text: words.join(" "),
  };
}

function notesOf({ name, notes }: RunRow): string[] {
  return notes.map((note) => onOneLine(`${name}: ${note}`));
}

function nothing(registry: Registry, runs: string, words: boolean): string {
  const all = registry.count();
  return all === 0
    ? `No runs in ${runs}. Start one with \`deno task clusterfit\`, or give the folder of yours with --runs.`
    : `None of ${count(all, "run")} in ${runs} is like that. Leave ${
      words ? "a word or " : ""
    }an option out: --help lists them.`;
}

/** Of a folder that was asked for. */
export async function checkThere(runs: string): Promise<void> {
  if (await isThere(runs)) return;
  throw new UserError(
    `Cannot list the runs in ${runs}: it needs a folder, found none. Give the folder of your runs with --runs.`,
  );
}

function time(text: string, read: typeof since): string {
  const found = read(text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`It ${timeNeeded}, got "${text}".`);
}

function states(text: string): ListedState[] {
  return text.split(",").map((word) => {
    const state = listedStates.find((state) => state === word);
    if (state) return state;
    const near = nearestWord(word, listedStates);
    throw new InvalidArgumentError(
      `It needs ${listedStates.join(", ")}, got "${word}".` +
        (near === undefined ? "" : ` Did you mean ${near}?`),
    );
  });
}
