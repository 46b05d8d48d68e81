/** `clusterfit probe`: how well a pre-trained network transfers, as it is. */
import { Command } from "commander";
import { probeNetwork, type ProbeSettings } from "../../steps/probe_network.ts";
import { addFrozenOptions, performFrozen } from "../frozen_options.ts";
import { type Setting, targetOf } from "../options.ts";
import type { Subcommand } from "./command.ts";

export const probe: Subcommand = {
  name: "probe",
  about: "how well a pre-trained network tells labelled pictures apart",
  async run(args, { install }) {
    const command = addFrozenOptions(
      new Command("clusterfit probe")
        .description(
          "Fit linear probes to the frozen features of a pre-trained network: costs chosen on validation rows, " +
            "percent on test rows (docs/STEPS.md).",
        )
        .option(
          "--target <name=pictures>",
          "labelled pictures; may be repeated",
          (text: string, before: readonly Setting[]) => [...before, targetOf(text)],
          [],
        ),
    );
    command.parse([...args], { from: "user" });
    const { target } = command.opts<{ target: readonly Setting[] }>();
    const { run } = await performFrozen(
      "probe",
      (settings, options) => probeNetwork(settings as unknown as ProbeSettings, options),
      args,
      { command, settings: target, install },
    );
    return run ? 0 : 130;
  },
};
