/** `clusterfit pack`: a run as one file. */
import { Command } from "commander";
import { packRun } from "../../registry/pack_run.ts";
import { formatBytes } from "../../report/bytes.ts";
import { printable } from "../../report/printable.ts";
import { shellCommand } from "../../report/shell.ts";
import { count } from "../../results/count.ts";
import { bytesBar } from "../bytes_bar.ts";
import { addHelp } from "../help.ts";
import { untilInterrupted } from "../interrupt.ts";
import { path } from "../options.ts";
import { createOutput } from "../output.ts";
import { placeOfRun } from "../run_place.ts";
import { typedCommand } from "../typed_command.ts";
import type { Subcommand } from "./command.ts";

export const packCommand: Subcommand = {
  name: "pack",
  about: "write a run into one archive, for another machine or a shelf",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit pack")
        .description(
          "Write a run into one archive: a tar file, compressed by gzip, that `clusterfit unpack` puts back. The " +
            "run is verified before. The same run gives the same bytes. The checkpoints of a run that was " +
            "stopped stay behind: its stages that are not done begin anew elsewhere.",
        )
        .argument("<run>", "folder of the run, or its id")
        .option("--out <file>", "the archive, a name that is free; <run>.tar.gz unless given", path)
        .option("--runs <folder>", "where run folders are kept", path, "runs")
        .option("--json", "print the result as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    const { out, runs, json } = command.opts<{ out?: string; runs: string; json: boolean }>();
    const output = createOutput({ json });
    const { dir, name } = await placeOfRun(command.args[0]!, runs);
    const file = out ?? `${name}.tar.gz`;
    return await untilInterrupted(async (signal) => {
      using bar = bytesBar(output, "Pack");
      const packed = await packRun(dir, file, { signal, progress: bar.progress });
      bar[Symbol.dispose]();
      const { size } = await Deno.stat(file);
      if (json) {
        output.result(JSON.stringify({ run: dir, archive: file, size, ...packed }));
        return 0;
      }
      for (const name of packed.left) {
        output.line(printable(`Left out, as it is no regular file: ${name}`));
      }
      const next = shellCommand(typedCommand("clusterfit", ["unpack", file], Deno.env.toObject()));
      output.result(
        `Packed    ${count(packed.files, "file")}, ${formatBytes(packed.bytes)}, ` +
          `into ${file} (${formatBytes(size)})\nUnpack    ${next} --runs <folder>`,
      );
      return 0;
    });
  },
};
