/** `clusterfit features`: what a pre-trained network makes of pictures, in a file. */
import { Command } from "commander";
import { extractFeatures, type FeaturesSettings } from "../../steps/extract_features.ts";
import { addFrozenOptions, performFrozen } from "../frozen_options.ts";
import { path } from "../options.ts";
import type { Subcommand } from "./command.ts";

export const features: Subcommand = {
  name: "features",
  about: "what a pre-trained network makes of pictures, as npy",
  async run(args, { install }) {
    const command = addFrozenOptions(
      new Command("clusterfit features")
        .description(
          "Extract the features of pictures at one layer of a pre-trained network: float32, a row for each " +
            "picture that can be read, with the names of the rows beside them (docs/STEPS.md).",
        )
        .requiredOption(
          "--data <pictures>",
          "a folder, a table, tar shards ... (docs/DATA.md)",
          path,
        )
        .requiredOption("--out <file>", "features, .npy; names of the rows, .csv beside it", path),
    );
    command.parse([...args], { from: "user" });
    const { data, out } = command.opts<{ data: string; out: string }>();
    const settings = [{ key: "data", value: data }];
    let names = "";
    const { run, output } = await performFrozen(
      "features",
      async (settings, options) => {
        const made = await extractFeatures(settings as unknown as FeaturesSettings, {
          ...options,
          out,
        });
        ({ names } = made);
        return made.run;
      },
      args,
      { command, settings, install },
    );
    if (!run) return 130;
    output.line(`Wrote ${out} and ${names}`);
    return 0;
  },
};
