/** `clusterfit query`: SQL over the index of the runs. */
import { Command } from "commander";
import type { Json } from "../../pipeline/json.ts";
import { checkQuery, type QueryResult } from "../../registry/query.ts";
import { Registry } from "../../registry/registry.ts";
import { count } from "../../results/count.ts";
import { addHelp } from "../help.ts";
import { path } from "../options.ts";
import { createOutput } from "../output.ts";
import { plainTable, terminalWidth } from "../plain_table.ts";
import { progressLine } from "../progress_line.ts";
import type { Subcommand } from "./command.ts";
import { checkThere, progressOf } from "./ls.ts";

export const query: Subcommand = {
  name: "query",
  about: "ask what runs were, measured and made in SQL, which can change nothing",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit query")
        .description(
          "Answer a SELECT over the index of the runs. Nothing can be changed by it. The tables: runs, config, seeds, " +
            "stages, attempts, events, measurements, curves, artifacts (docs/RUNS.md).\n" +
            '  deno task clusterfit query "SELECT name, target, avg(value)\n' +
            "    FROM runs JOIN measurements USING (run)\n" +
            "    WHERE arm = 'ncf' AND part = 'test' AND layer = 'res5' AND budget IS NULL\n" +
            '    GROUP BY name, point, target"\n' +
            '  deno task clusterfit query "SELECT sql FROM sqlite_schema"',
        )
        .argument("<select>", "one statement of SQLite's SQL")
        .option("--runs <folder>", "where run folders are kept", path, "runs")
        .option("--json", "print columns and rows as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    const { runs, json } = command.opts<{ runs: string; json: boolean }>();
    const output = createOutput({ json });
    if (command.getOptionValueSource("runs") !== "default") await checkThere(runs);
    checkQuery(command.args[0]!); // before runs are read, which may take a while
    using registry = Registry.open(runs);
    const onProgress = progressOf(progressLine(output, "Reading runs"));
    await registry.refresh({ details: true, onProgress });
    const found = registry.query(command.args[0]!);
    const { notes } = registry;
    if (json) output.result(JSON.stringify({ ...found, notes }));
    else {
      output.result(queryTable(found, terminalWidth()));
      for (const note of notes) output.line(`note: ${note}`);
    }
    return 0;
  },
};

export function queryTable({ columns, rows }: QueryResult, width: number): string {
  const cells = rows.map((row) => row.map(cellOf));
  return [...plainTable(columns, cells, { width }), "", count(rows.length, "row")].join("\n");
}

/** Six digits of a number are shown; --json has them all. */
function cellOf(value: Json): string | number | null {
  if (typeof value === "number") {
    return Number.isInteger(value) ? value : Number(value.toPrecision(6));
  }
  return value === null ? null : String(value);
}
