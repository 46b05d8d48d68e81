/** `clusterfit rm`: removes runs. */
import { Command } from "commander";
import { lockFolder } from "../../pipeline/lock.ts";
import { UserError } from "../../pipeline/errors.ts";
import { diskUse } from "../../registry/disk_use.ts";
import { findGarbage } from "../../registry/garbage.ts";
import { removeRun } from "../../registry/remove_run.ts";
import { printable } from "../../report/printable.ts";
import { shellCommand } from "../../report/shell.ts";
import { count } from "../../results/count.ts";
import { confirm } from "../confirm.ts";
import { addHelp } from "../help.ts";
import { path } from "../options.ts";
import { createOutput } from "../output.ts";
import { formatBytes } from "../../report/bytes.ts";
import { placeOfRun, type RunPlace } from "../run_place.ts";
import { typedCommand } from "../typed_command.ts";
import type { Subcommand } from "./command.ts";

export const rm: Subcommand = {
  name: "rm",
  about: "remove runs; what others use of them stays",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit rm")
        .description(
          "Remove runs. No other run loses anything: each has its own artifacts, as hard links. The room that they " +
            "take together is free once `clusterfit gc` has removed the objects that no run uses. A run that a " +
            "process is at work on is not removed.",
        )
        .argument("<run...>", "folders of runs, or their ids")
        .option("--yes", "ask nothing", false)
        .option("--runs <folder>", "where run folders are kept", path, "runs"),
    );
    command.parse([...args], { from: "user" });
    const { runs, yes } = command.opts<{ runs: string; yes: boolean }>();
    const output = createOutput({ json: false });
    const places = await Promise.all(command.args.map((named) => placeOfRun(named, runs)));
    const asked = [...new Map(places.map((place) => [place.dir, place])).values()];
    for (const { dir } of asked) (await lockFolder(dir, removing(dir)))[Symbol.dispose]();
    for (const place of asked) output.line(await describe(place));
    if (!yes && !confirm(asked.length === 1 ? "Remove it?" : `Remove ${asked.length} runs?`)) {
      output.line("Nothing was removed.");
      return 0;
    }
    for (const { dir } of asked) {
      await removeRun(dir);
      output.line(`Removed ${dir}`);
    }
    for (const out of new Set(asked.map((place) => place.out))) {
      output.line(await whatRemains(out));
    }
    return 0;
  },
};

const removing = (dir: string) => `remove the run in ${dir}`;

async function describe({ name, dir, glance }: RunPlace): Promise<string> {
  const { bytes } = await diskUse(dir);
  const title = glance.record ? `, ${glance.record.title}` : "";
  return printable(
    `${name}: ${glance.state}${title}; ${formatBytes(bytes)} that nothing else uses`,
  );
}

/** What `gc` would free then. */
async function whatRemains(out: string): Promise<string> {
  try {
    const { garbage } = await findGarbage(out);
    if (garbage.length === 0) return "The objects of other runs stay; no other is left.";
    const bytes = garbage.reduce((sum, one) => sum + one.bytes, 0);
    const gc = shellCommand(typedCommand("clusterfit", ["gc", "--runs", out], Deno.env.toObject()));
    return `${count(garbage.length, "object")} that no run uses: ${gc} frees ${
      formatBytes(bytes)
    }.`;
  } catch (error) {
    if (error instanceof UserError) return error.message; // the runs are removed all the same
    throw error;
  }
}
