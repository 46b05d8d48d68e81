/** `clusterfit fit`: a network from scratch on labels that are there, without a teacher and without clusters. */
import { Command } from "commander";
import { fit as experiment } from "../../experiments/fit.ts";
import { fitJob, fitNetwork, type FitSettings } from "../../steps/fit_network.ts";
import { loadSettings } from "../load_config.ts";
import { addPictureOptions, addRunOptions, optionsOf, type Setting } from "../options.ts";
import { createOutput } from "../output.ts";
import { explainRun, performRun } from "../run_command.ts";
import { typedCommand } from "../typed_command.ts";
import type { Subcommand } from "./command.ts";

export const fit: Subcommand = {
  name: "fit",
  about: "train a network on labels: folders, a table, the clusters of an export",
  async run(args, { install }) {
    const settings: Setting[] = [];
    const command = new Command("clusterfit fit").description(
      "Train a network from scratch on the labels of pictures: the folders that they lie in, or a table with " +
        "the columns path and label (or cluster, as an export writes it beside the pictures). Killed, it goes " +
        "on with the same command.",
    );
    addPictureOptions(command, settings);
    addRunOptions(command, settings, experiment);
    command.parse([...args], { from: "user" });
    const options = optionsOf(command, settings);
    const output = createOutput(options);
    const asked = await loadSettings(options) as FitSettings;
    const terms = {
      ...{ output, install },
      command: typedCommand("clusterfit", ["fit", ...args], Deno.env.toObject()),
    };
    if (options.explain) {
      await explainRun(fitJob(asked), options, terms);
      return 0;
    }
    const run = await performRun((how) => fitNetwork(asked, how), options, terms);
    return run ? 0 : 130;
  },
};
