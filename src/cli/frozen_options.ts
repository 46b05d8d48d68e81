/** What the commands `features` and `probe` have in common: a network as it is, run on pictures. */
import type { Command } from "commander";
import type { JsonObject } from "../pipeline/json.ts";
import type { RunFolder } from "../pipeline/store.ts";
import type { Install } from "../steps/extras.ts";
import type { RunOptions } from "../steps/step_options.ts";
import { addHelp } from "./help.ts";
import { applySettings, assignment, path, type Setting } from "./options.ts";
import { createOutput, type Output } from "./output.ts";
import { performRun } from "./run_command.ts";
import { typedCommand } from "./typed_command.ts";

interface Flags {
  readonly network: string;
  readonly layer?: string;
  readonly device: string;
  readonly runs: string;
  readonly set: readonly Setting[];
  readonly json: boolean;
}

/** Adds the options that both have. */
export function addFrozenOptions(command: Command): Command {
  return addHelp(command)
    .requiredOption("--network <network>", "a pre-trained network (docs/NETWORKS.md)", path)
    .option("--layer <name>", "of the network; its last one unless given (`clusterfit layers`)")
    .option("--device <name>", "auto, cpu, cuda or cuda:<n>", "auto")
    .option("--runs <folder>", "where what was computed is kept, to be used again", path, "runs")
    .option(
      "--set <key=value>",
      "any key of the config, e.g. --set maxBad=0.01; may be repeated",
      (text: string, before: readonly Setting[]) => [...before, assignment(text)],
      [],
    )
    .option("--json", "print only the result, as one JSON object", false);
}

/** Runs the step of that name on what the parsed `command` and `settings` say; no run where a signal stopped it. */
export async function performFrozen(
  name: string,
  step: (settings: JsonObject, options: RunOptions) => Promise<RunFolder>,
  args: readonly string[],
  { command, settings, install }: {
    readonly command: Command;
    readonly settings: readonly Setting[];
    readonly install: Install;
  },
): Promise<{ readonly run: RunFolder | undefined; readonly output: Output }> {
  const { network, layer, device, runs, set, json } = command.opts<Flags>();
  const output = createOutput({ json });
  const asked = applySettings({}, [
    { key: "network", value: network },
    ...(layer === undefined ? [] : [{ key: "layer", value: layer }]),
    ...(device === "auto" ? [] : [{ key: "device", value: device }]),
    ...settings,
    ...set,
  ]);
  const typed = typedCommand("clusterfit", [name, ...args], Deno.env.toObject());
  const terms = { output, install, command: typed };
  const run = await performRun((options) => step(asked, options), { out: runs, json }, terms);
  return { run, output };
}
