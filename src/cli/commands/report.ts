/** `clusterfit report`: the result of a finished run again, as this version shows it. */
import { Command } from "commander";
import { writeReport } from "../../report/write_report.ts";
import { addHelp } from "../help.ts";
import { namedRun } from "../named_run.ts";
import { path } from "../options.ts";
import { checkOutFile } from "../out_file.ts";
import { createOutput } from "../output.ts";
import { show } from "../show.ts";
import type { Subcommand } from "./command.ts";

export const report: Subcommand = {
  name: "report",
  about: "show the result of a run again; write its report to a file",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit report")
        .description(
          "Print the table of a finished run, and write its report with --out. Nothing is computed: every " +
            "number is read from the run's artifacts, which are checked.",
        )
        .argument("<run>", "folder of the run, or its id")
        .option("--out <file>", "the report, one HTML file", path)
        .option("--runs <folder>", "where run folders are kept", path, "runs")
        .option("--json", "print only the result, as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    const { out, runs, json } = command.opts<{ out?: string; runs: string; json: boolean }>();
    if (out !== undefined) await checkOutFile(out);
    const run = await namedRun(command.args[0]!, runs);
    const output = createOutput({ json });
    if (out !== undefined) {
      await writeReport(run, out);
      output.line(`Wrote ${out}`);
    }
    await show(run, output, json);
    return 0;
  },
};
