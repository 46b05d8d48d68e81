/** `clusterfit probe`: how well a pre-trained network transfers, as it is. */
import { Command, Option } from "commander";
import { paperBudget, type ProbeKind, probeKinds } from "../../method/probe_settings.ts";
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
          "Fit linear probes to the frozen features of a pre-trained network: costs or learning rates chosen on " +
            "validation rows, percent on test rows (docs/STEPS.md).",
        )
        .option(
          "--target <name=pictures>",
          "labelled pictures; may be repeated",
          (text: string, before: readonly Setting[]) => [...before, targetOf(text)],
          [],
        )
        .addOption(
          new Option("--probe <kind>", "which classifier measures the features").choices(probeKinds)
            .default("logistic" satisfies ProbeKind),
        )
        .option(
          "--layerwise <target>",
          "probe every layer on this target, as the paper's Figure 4",
        ),
    );
    command.parse([...args], { from: "user" });
    const { target, probe, layerwise } = command.opts<{
      target: readonly Setting[];
      probe: ProbeKind;
      layerwise?: string;
    }>();
    const settings = [
      ...target,
      ...(probe === "logistic" ? [] : [{ key: "probe.kind", value: probe }]),
      ...(layerwise === undefined ? [] : [
        { key: "layerwise", value: layerwise },
        { key: "probe.layerBudget", value: paperBudget },
      ]),
    ];
    const { run } = await performFrozen(
      "probe",
      (settings, options) => probeNetwork(settings as unknown as ProbeSettings, options),
      args,
      { command, settings, install },
    );
    return run ? 0 : 130;
  },
};
