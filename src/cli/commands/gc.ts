/** `clusterfit gc`: removes objects that no run uses. */
import { resolve } from "node:path";
import { Command } from "commander";
import { UserError } from "../../pipeline/errors.ts";
import { collectGarbage } from "../../registry/collect_garbage.ts";
import { findGarbage, type Garbage } from "../../registry/garbage.ts";
import { count } from "../../results/count.ts";
import { confirm } from "../confirm.ts";
import { addHelp } from "../help.ts";
import { untilInterrupted } from "../interrupt.ts";
import { path } from "../options.ts";
import { createOutput } from "../output.ts";
import { formatBytes } from "../../report/bytes.ts";
import type { Subcommand } from "./command.ts";

interface Flags {
  readonly runs: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

export const gc: Subcommand = {
  name: "gc",
  about: "remove objects that no run uses; shows count and sizes first",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit gc")
        .description(
          "Remove the objects (artifacts by key) that no run below a folder uses, the folders of stages that no " +
            "run goes on with, and what a command that was killed has left. Runs may be under way: what they " +
            "make, and what they may come to link, is kept.",
        )
        .option("--dry-run", "only show what would be removed", false)
        .option("--yes", "ask nothing", false)
        .option("--runs <folder>", "where run folders are kept", path, "runs")
        .option("--json", "print the result as one JSON object", false),
    );
    command.parse([...args], { from: "user" });
    const flags = command.opts<Flags>();
    if (flags.json && !flags.yes && !flags.dryRun) {
      throw new UserError("Cannot ask with --json: it needs --yes or --dry-run beside it.");
    }
    return await untilInterrupted((signal) => collect(flags, signal));
  },
};

async function collect({ runs, dryRun, yes, json }: Flags, signal: AbortSignal): Promise<number> {
  const out = resolve(runs);
  const output = createOutput({ json });
  const { garbage, kept, underWay } = await findGarbage(out);
  for (const line of lines(garbage)) output.line(line);
  if (kept.length > 0) {
    output.line(
      `Kept, as ${underWay.join(", ")} may come to use them: ${count(kept.length, "folder")}, ` +
        `${formatBytes(bytesOf(kept))}.`,
    );
  }
  const asked = garbage.length > 0 && !dryRun;
  if (garbage.length === 0) output.line("Every object is used: nothing to remove.");
  const agreed = asked && (yes || confirm(`Remove ${formatBytes(bytesOf(garbage))}?`));
  if (asked && !agreed) output.line("Nothing was removed.");
  const { removed, left } = agreed
    ? await collectGarbage(out, garbage, signal)
    : { removed: [], left: garbage };
  if (agreed) output.line(`Removed ${formatBytes(bytesOf(removed))}.`);
  if (agreed && left.length > 0) {
    output.line(
      `Left ${count(left.length, "folder")}, ${formatBytes(bytesOf(left))}: in use by now.`,
    );
  }
  if (json) output.result(JSON.stringify({ garbage, kept, underWay, removed, left }));
  return 0;
}

const bytesOf = (garbage: readonly Garbage[]) => garbage.reduce((sum, { bytes }) => sum + bytes, 0);

/** A line for each kind and stage. */
function lines(garbage: readonly Garbage[]): string[] {
  const groups = Map.groupBy(garbage, (one) => {
    if (one.kind === "object") return `objects of the stage ${one.stage ?? "(damaged)"}`;
    return one.kind === "partial"
      ? "stages half done that no run goes on with"
      : "left by a command that was killed";
  });
  return [...groups].toSorted(([, a], [, b]) => bytesOf(b) - bytesOf(a)).map(([name, some]) =>
    `${String(some.length).padStart(6)}  ${formatBytes(bytesOf(some)).padStart(8)}  ${name}`
  );
}
