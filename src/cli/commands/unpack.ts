/** `clusterfit unpack`: a run out of its archive. */
import { Command } from "commander";
import { FolderError, SystemError } from "../../pipeline/errors.ts";
import { unpackRun } from "../../registry/unpack_run.ts";
import { shellCommand } from "../../report/shell.ts";
import { bytesBar } from "../bytes_bar.ts";
import { addHelp } from "../help.ts";
import { untilInterrupted } from "../interrupt.ts";
import { path } from "../options.ts";
import { createOutput } from "../output.ts";
import { typedCommand } from "../typed_command.ts";
import type { Subcommand } from "./command.ts";

export const unpack: Subcommand = {
  name: "unpack",
  about: "put a run out of its archive among the others",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit unpack")
        .description(
          "Put the run in an archive that `clusterfit pack` wrote among the others. It is checked before it is " +
            "shown; a run of that name that is there already stays as it is.",
        )
        .argument("<file>", "the archive", path)
        .option("--runs <folder>", "where run folders are kept", path, "runs")
        .option("--json", "print the result as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    const { runs, json } = command.opts<{ runs: string; json: boolean }>();
    const output = createOutput({ json });
    return await untilInterrupted(async (signal) => {
      using bar = bytesBar(output, "Unpack");
      const progress = { signal, progress: bar.progress };
      const { dir } = await unpackRun(command.args[0]!, runs, progress).catch(otherFolder);
      bar[Symbol.dispose]();
      const next = shellCommand(typedCommand("clusterfit", ["show", dir], Deno.env.toObject()));
      output.result(json ? JSON.stringify({ run: dir }) : `Unpacked  ${dir}\nNext      ${next}`);
      return 0;
    });
  },
};

/** Where another folder would be out of it, it is given with another flag than that of a run. */
function otherFolder(error: unknown): never {
  if (!(error instanceof FolderError)) throw error;
  const message = `${error.message} Another folder is given with --runs.`;
  throw new SystemError(message, { cause: error });
}
