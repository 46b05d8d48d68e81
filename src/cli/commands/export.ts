/** `deno task clusterfit export`: takes a network and its clusters out of a finished run. */
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { startEngine } from "../../engine/mod.ts";
import { exportRun } from "../../export/export_run.ts";
import { formats, parseFormats } from "../../export/formats.ts";
import type { Choice } from "../../export/subject.ts";
import { describeMachine } from "../../steps/machine.ts";
import { addHelp } from "../help.ts";
import { listenForInterrupts } from "../interrupt.ts";
import { namedRun } from "../named_run.ts";
import { path, wholeNumber } from "../options.ts";
import { createOutput, type Output } from "../output.ts";
import type { Subcommand } from "./command.ts";

interface ExportFlags {
  readonly out: string;
  readonly runs: string;
  readonly arm?: string;
  readonly seed?: number;
  readonly at: Choice["at"];
  readonly formats: string;
  readonly page: boolean;
  readonly license?: string;
}

export const exportCommand: Subcommand = {
  name: "export",
  about: "a network and the clusters of a run, for timm, torchvision, ONNX",
  async run(args, { install }) {
    const command = exportFlags();
    command.parse(args, { from: "user" });
    const { out, runs, formats: list, page, license, ...choice } = command.opts<ExportFlags>();
    const wanted = parseFormats(list);
    const run = await namedRun(command.args[0]!, runs);
    if (wanted.includes("onnx")) await install(["onnx"]);
    const output = createOutput({ json: false });
    output.line("Starting Python, PyTorch and FAISS");
    using interrupts = listenForInterrupts();
    try {
      const engine = await startEngine();
      const description = await engine.devices.describe();
      await exportRun({
        ...{ run, choice, out, formats: wanted, page, license: license ?? null, engine },
        versions: describeMachine(description).versions,
        threads: description.threads,
        signal: interrupts.signal,
        say: (line) => output.line(line),
      });
    } catch (error) {
      if (!interrupts.signal.aborted) throw error;
      output.line("Stopped; nothing was written.");
      return 130;
    }
    showExport(output, resolve(out));
    return 0;
  },
};

function exportFlags(): Command {
  return addHelp(new Command("export"))
    .description(
      "Take a network out of a finished run, in forms that other programs load, with its model card, its " +
        "clusters and a page to look at them (docs/EXPORT.md).",
    )
    .argument("<run>", "folder of the run, or its id")
    .requiredOption(
      "--out <folder>",
      "what to write: a new folder, or that of an earlier export",
      path,
    )
    .option(
      "--arm <name>",
      "which network, as ncf or teacher; the one that the run is about unless given",
    )
    .option("--seed <n>", "of which seed; the first of the run unless given", wholeNumber(0))
    .option(
      "--at <axis=value>",
      "of which point, as k=500, where the run has several; may be repeated",
      point,
      {},
    )
    .option("--formats <list>", "some of them, with commas between", formats.join(","))
    .option("--no-page", "without the page that shows pictures of the clusters")
    .option("--license <name>", "licence of the weights, as the Hub calls it, for the model card")
    .option("--runs <folder>", "where run folders are kept", path, "runs");
}

function point(text: string, before: Choice["at"]): Choice["at"] {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError(`It needs axis=value, got "${text}".`);
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

function showExport(output: Output, folder: string): void {
  output.result(`
Exported  ${folder}
Use it    ${join(folder, "README.md")}`);
}
