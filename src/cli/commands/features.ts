/** `clusterfit features`: what a pre-trained network makes of pictures, in a file. */
import { Command } from "commander";
import { dataSetNames } from "../../data/catalogue.ts";
import { datasetSchema } from "../../data/dataset.ts";
import { featuresOnly } from "../../experiments/frozen.ts";
import { writeNpy } from "../../export/npy.ts";
import { featuresFile } from "../../method/stages/extract.ts";
import { UserError } from "../../pipeline/errors.ts";
import { removeIfThere, syncPath } from "../../pipeline/files.ts";
import type { RunFolder } from "../../pipeline/store.ts";
import { writeTable } from "../../tables/write.ts";
import { checkFolderOf } from "../check_folder.ts";
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
    if (!out.endsWith(".npy")) {
      throw new UserError(
        `Cannot write features to ${out}: it needs a name that ends in .npy. Give one.`,
      );
    }
    await checkFolderOf(out);
    const settings = [{ key: "data", value: data }];
    const { run, output } = await performFrozen(featuresOnly, args, { command, settings, install });
    if (!run) return 130;
    await writeFeatures(run, data, out);
    output.line(`Wrote ${out} and ${namesOf(out)}`);
    return 0;
  },
};

/** The features as npy, and a table of the names of their rows. */
async function writeFeatures(run: RunFolder, data: string, out: string): Promise<void> {
  const index = dataSetNames.find((name) => name === data) ?? "pictures";
  const card = await Deno.readTextFile(await run.artifactFile(index, "dataset.json"));
  const { sources } = datasetSchema.parse(JSON.parse(card));
  await writeTable(namesOf(out), { path: sources });
  const temporary = `${out}.${crypto.randomUUID()}.tmp`;
  try {
    await writeNpy(
      temporary,
      await run.artifactFile("seed-0.network.features", featuresFile),
      "features",
    );
    await syncPath(temporary);
    await Deno.rename(temporary, out);
  } finally {
    await removeIfThere(temporary);
  }
}

const namesOf = (out: string) => out.replace(/\.npy$/, ".csv");
