/** `clusterfit notify`: tells people how a run goes, from a process of its own. */
import { Command } from "commander";
import { systemClock } from "../../registry/clock.ts";
import { followAndTell } from "../../notify/follow.ts";
import type { News } from "../../notify/news.ts";
import { wayOf, waysText } from "../../notify/ways/list.ts";
import type { Way } from "../../notify/ways/way.ts";
import { addressVariable } from "../../notify/ways/webhook.ts";
import { UserError } from "../../pipeline/errors.ts";
import { printable } from "../../report/printable.ts";
import { addHelp } from "../help.ts";
import { untilInterrupted } from "../interrupt.ts";
import { namedRun } from "../named_run.ts";
import { path, wholeNumber } from "../options.ts";
import { createOutput } from "../output.ts";
import type { Subcommand } from "./command.ts";

interface Flags {
  readonly by: string;
  readonly still: number;
  readonly runs: string;
  readonly test: boolean;
}

export const notify: Subcommand = {
  name: "notify",
  about: "tell people when a run finishes, fails, diverges or stands still",
  async run(args) {
    const command = notifyFlags();
    command.parse([...args], { from: "user" });
    const { by, still, runs, test } = command.opts<Flags>();
    const { line } = createOutput({ json: false });
    const way = wayOf(by, Deno.env.toObject());
    if (test) return await untilInterrupted(() => tryOut(way, line));
    const [named] = command.args;
    if (named === undefined) {
      throw new UserError("Cannot tell of no run: it needs its folder or its id, or --test.");
    }
    const { dir, id } = await namedRun(named, runs);
    line(`Following ${printable(id)} until it ends; Ctrl-C ends this, and not the run`);
    return await untilInterrupted(async (signal) => {
      const options = { dir, way, stillMinutes: still, clock: systemClock, signal, say: line };
      const untold = await followAndTell(options);
      return untold === 0 ? 0 : 2; // each was said
    });
  },
};

function notifyFlags(): Command {
  return addHelp(new Command("clusterfit notify"))
    .description(
      "Follow a run and tell when it finishes, fails, is killed, when a training of it diverges, and when " +
        "nothing happens for long. Each is told once. It ends with the run (docs/WATCHING.md).",
    )
    .argument("[run]", "folder of the run, or its id")
    .requiredOption("--by <how>", waysText)
    .option(
      "--still <minutes>",
      "without an event, before it is told that the run stands still",
      wholeNumber(1, 100_000),
      10,
    )
    .option("--runs <folder>", "where run folders are kept", path, "runs")
    .option("--test", "tell that this was tried, once, of no run", false);
}

/** A run tries again; who looks on is told at once. */
async function tryOut(way: Way, line: (text: string) => void): Promise<number> {
  const message = "This is how you will be told of a run.";
  const news: News = {
    ...{ schema: 1, event: "test", run: "test", title: "", message, stage: null },
    ...{ stages: { done: 0, total: 0 }, seconds: 0, at: null },
  };
  const outcome = await way.tell(news);
  if (outcome.is === "told") {
    line("Told");
    return 0;
  }
  const next = outcome.is === "again"
    ? ` Look at the address in ${addressVariable}, and whether it can be reached from this machine; then try again.`
    : "";
  throw new UserError(`Cannot tell it: ${outcome.why}.${next}`);
}
