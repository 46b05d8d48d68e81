/** `clusterfit schema`: the JSON schema of a config file. */
import { Command } from "commander";
import { configSchema } from "../config_schema.ts";
import { createOutput } from "../output.ts";
import type { Subcommand } from "./command.ts";
import { addHelp } from "../help.ts";

export const schema: Subcommand = {
  name: "schema",
  about: "print the JSON schema of a config file, for editors",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit schema")
        .description(
          "Print the JSON schema of a config file. Name it in a config file as " +
            '"$schema": "./clusterfit.schema.json", and an editor completes and checks its keys.\n' +
            "  deno task --quiet clusterfit schema > clusterfit.schema.json",
        )
        .option("--experiment <name>", "of an experiment of `deno task reproduce --list`"),
    );
    command.parse([...args], { from: "user" });
    const { experiment } = command.opts<{ experiment?: string }>();
    const text = JSON.stringify(configSchema(experiment), null, 2);
    createOutput({ json: true }).result(text);
    return await Promise.resolve(0);
  },
};
