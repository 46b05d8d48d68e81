/** `clusterfit curves`: the training curves of a run as a table. */
import { Command } from "commander";
import { readCurves } from "../../export/curves.ts";
import { count } from "../../results/count.ts";
import { needFormat, tableExtensions } from "../../tables/format.ts";
import { formatJsonLineTable } from "../../tables/json_lines.ts";
import { writeTable } from "../../tables/write.ts";
import { addHelp } from "../help.ts";
import { namedRun } from "../named_run.ts";
import { path } from "../options.ts";
import { checkOutFile } from "../out_file.ts";
import { createOutput } from "../output.ts";
import type { Subcommand } from "./command.ts";

export const curves: Subcommand = {
  name: "curves",
  about: "the training curves of a run as JSON lines, Parquet or CSV",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit curves")
        .description(
          "Write the loss, accuracy and learning rate of each epoch of each network, as far as they are " +
            "trained (docs/RUNS.md). Without --out they are printed as JSON lines.\n" +
            "  deno task clusterfit curves rotnet-1a2b3c4d --out curves.parquet",
        )
        .argument("<run>", "folder of the run, or its id")
        .option("--out <file>", `a table: its name ends in one of ${tableExtensions}`, path)
        .option("--runs <folder>", "where run folders are kept", path, "runs"),
    );
    command.parse([...args], { from: "user" });
    const { out, runs } = command.opts<{ out?: string; runs: string }>();
    if (out !== undefined) {
      needFormat(out, "write");
      await checkOutFile(out);
    }
    const { columns, rows, notes } = await readCurves(await namedRun(command.args[0]!, runs));
    const output = createOutput({ json: out === undefined });
    for (const note of notes) output.line(note);
    if (rows === 0) output.line("No network of the run has an epoch yet.");
    if (out !== undefined) {
      await writeTable(out, columns);
      output.line(`Wrote ${count(rows, "row")} to ${out}`);
    } else if (rows > 0) output.result(formatJsonLineTable(columns).trimEnd());
    return 0;
  },
};
