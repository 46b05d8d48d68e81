/** `clusterfit show`: one run, whatever its state. */
import { Command } from "commander";
import type { Snapshot } from "../../registry/followed_run.ts";
import { FollowedRun } from "../../registry/followed_run.ts";
import { RunFiles } from "../../registry/run_files.ts";
import { shownRun } from "../../registry/shown_run.ts";
import { addHelp } from "../help.ts";
import { path } from "../options.ts";
import { createOutput } from "../output.ts";
import { terminalWidth } from "../plain_table.ts";
import { placeOfRun, type RunPlace } from "../run_place.ts";
import { type RunText, runText } from "../shown_run_text.ts";
import { typedCommand } from "../typed_command.ts";
import type { Subcommand } from "./command.ts";

export const showCommand: Subcommand = {
  name: "show",
  about: "one run, in any state: what was asked, its stages, attempts and results",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit show")
        .description(
          "Show one run in whatever state it is, also running, interrupted or damaged: its state by its lock, what " +
            "was asked for, attempts with their machines, stages with times and sizes, what it measured, and what " +
            "to do next. `report` prints the result of a finished run with its verdict and claims, and writes its " +
            "page; `verify` reads all bytes again, which `show` does not.",
        )
        .argument("<run>", "folder of the run, or its id")
        .option("--runs <folder>", "where run folders are kept", path, "runs")
        .option("--json", "print all of it as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    const { runs, json } = command.opts<{ runs: string; json: boolean }>();
    const output = createOutput({ json });
    const place = await placeOfRun(command.args[0]!, runs);
    const files = new RunFiles(place.out);
    const snapshot = await new FollowedRun(files, place.name).snapshot() ??
      {
        ...place.glance,
        curve: [],
        curves: [],
        attempts: [],
        lastEvents: [],
        events: [],
        hasReport: false,
      };
    const run = await shownRun(files, snapshot);
    const next = nextSteps(place, snapshot);
    if (json) {
      output.result(
        JSON.stringify({ ...run, next: next.map(([what, command]) => ({ what, command })) }),
      );
      return 0;
    }
    const { summary, curves } = snapshot;
    output.result(runText({ run, summary, curves, next, width: terminalWidth() }));
    return 0;
  },
};

/** What there is to do with a run in its state. */
function nextSteps({ out, dir }: RunPlace, { state, record, curves }: Snapshot): RunText["next"] {
  const typed = (...args: string[]) => typedCommand("clusterfit", args, Deno.env.toObject());
  const goOn = (what: string) => record ? [[what, record.command] as const] : [];
  switch (state) {
    case "damaged":
      return [["says what is damaged, and what mends it", typed("verify", dir)]];
    case "running":
    case "waiting":
      return [["watches it", typedCommand("serve", ["--out", out], Deno.env.toObject())]];
    case "interrupted":
    case "stopped":
      return goOn("goes on with it");
    case "failed":
      return goOn("tries what failed again");
    case "finished":
      return [
        ["prints its result", typed("report", dir)],
        ...(curves.length > 0 ? [["takes a network out", typed("export", dir)] as const] : []),
      ];
  }
}
