/** `clusterfit tensorboard`: a run's curves and scores as event files. */
import { join } from "node:path";
import { Command } from "commander";
import { startEventFiles } from "../../engine/mod.ts";
import { tryLock } from "../../pipeline/lock.ts";
import { companionsFolder } from "../../registry/companions.ts";
import { systemClock } from "../../registry/clock.ts";
import { shellCommand } from "../../report/shell.ts";
import { count } from "../../results/count.ts";
import { addHelp } from "../help.ts";
import { untilInterrupted } from "../interrupt.ts";
import { namedRun } from "../named_run.ts";
import { path } from "../options.ts";
import { createOutput } from "../output.ts";
import { EventFolder } from "../tensorboard/event_folder.ts";
import { writeEvents } from "../tensorboard/follow.ts";
import type { Subcommand } from "./command.ts";

interface Flags {
  readonly out?: string;
  readonly follow: boolean;
  readonly runs: string;
}

export const tensorboard: Subcommand = {
  name: "tensorboard",
  about: "the curves and scores of a run as event files for TensorBoard",
  async run(args, { install }) {
    const command = tensorboardFlags();
    command.parse([...args], { from: "user" });
    const { out, follow, runs } = command.opts<Flags>();
    const run = await namedRun(command.args[0]!, runs);
    const { line, result } = createOutput({ json: false });
    const to = out ?? join(run.dir, "tensorboard");
    await Deno.mkdir(join(run.dir, companionsFolder), { recursive: true });
    using lock = await tryLock(join(run.dir, companionsFolder, "tensorboard.lock"));
    if (!lock && out === undefined) {
      line("Another process writes the event files of this run");
      return 0;
    }
    await install(["tensorboard"]);
    return await untilInterrupted(async (signal) => {
      using folder = await EventFolder.make(to, await startEventFiles());
      if (follow) line(`Writing event files to ${to} until the run ends`);
      const points = await writeEvents(run, folder, { follow, clock: systemClock, signal });
      result(`Wrote ${count(points, "point")} of ${count(folder.curves, "curve")}: ${to}`);
      result(`Look at them: ${shellCommand(["tensorboard", "--logdir", to])}`);
      return 0;
    });
  },
};

function tensorboardFlags(): Command {
  return addHelp(new Command("clusterfit tensorboard"))
    .description(
      "Write loss, accuracy and learning rate of each network of a run, and its scores, as event files. " +
        "What was there of them is written anew (docs/WATCHING.md).",
    )
    .argument("<run>", "folder of the run, or its id")
    .option("--out <folder>", "where to; <run>/tensorboard unless given", path)
    .option("--follow", "go on with what is new until the run has ended", false)
    .option("--runs <folder>", "where run folders are kept", path, "runs");
}
