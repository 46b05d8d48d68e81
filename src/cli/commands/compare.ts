/** `clusterfit compare`: runs beside each other, on the terminal or on a page. */
import { Command } from "commander";
import { writeFileAtomic } from "../../pipeline/files.ts";
import { compareRunFolders } from "../../registry/compare_folders.ts";
import { mostRuns } from "../../report/comparison/comparison.ts";
import { comparisonPage } from "../../report/comparison/page.ts";
import { comparisonText } from "../../report/comparison/text.ts";
import { tableWidth } from "../../report/columns_text.ts";
import { curvePlots } from "../curve_plot.ts";
import { addHelp } from "../help.ts";
import { namedRun } from "../named_run.ts";
import { path } from "../options.ts";
import { checkOutFile } from "../out_file.ts";
import { createOutput } from "../output.ts";
import type { Subcommand } from "./command.ts";

interface CompareFlags {
  readonly out?: string;
  readonly runs: string;
  readonly json: boolean;
}

export const compare: Subcommand = {
  name: "compare",
  about: "runs beside each other: configs, scores, curves; on a page with --out",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit compare")
        .description(
          "Show how runs differ: their configs, versions and machines, what they measured with its spread, and " +
            "their curves. They may be of several experiments, and still under way (docs/RUNS.md).\n" +
            "  deno task clusterfit compare rotnet-1a2b rotnet-5e6f --out compare.html",
        )
        .argument(
          "<run...>",
          `folders of two to ${mostRuns} runs, or their ids; the first is what others are compared with`,
        )
        .option("--out <file>", "the comparison as a page, one HTML file", path)
        .option("--runs <folder>", "where run folders are kept", path, "runs")
        .option("--json", "print only the comparison, as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    const { out, runs, json } = command.opts<CompareFlags>();
    if (out !== undefined) await checkOutFile(out);
    const comparison = await compareRunFolders(
      await Promise.all(command.args.map((named) => namedRun(named, runs))),
    );
    const output = createOutput({ json });
    if (out !== undefined) await writeFileAtomic(out, await comparisonPage(comparison));
    if (json) output.result(JSON.stringify(comparison));
    else {
      const colour = output.live && !Deno.noColor;
      const plots = curvePlots(comparison, { width: tableWidth, colour });
      output.result([comparisonText(comparison), plots].filter(Boolean).join("\n\n"));
    }
    if (out !== undefined) output.line(`Wrote ${out}`);
    return 0;
  },
};
