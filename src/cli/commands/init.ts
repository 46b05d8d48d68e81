/** `clusterfit init`: asks a few questions and writes a config file. */
import { Command } from "commander";
import { placeOf } from "../../data/pictures/place.ts";
import { UserError } from "../../pipeline/errors.ts";
import type { JsonObject } from "../../pipeline/json.ts";
import { shellCommand } from "../../report/shell.ts";
import { makeJob } from "../../steps/job.ts";
import { configFileNames } from "../config_file.ts";
import { addHelp } from "../help.ts";
import { askAll } from "../init/ask.ts";
import { chooseExperiment } from "../asked_job.ts";
import { pathsOf, questions } from "../init/questions.ts";
import { openTerminal } from "../init/terminal.ts";
import { alreadyThere, configText, writeNew } from "../init/write.ts";
import { createOutput } from "../output.ts";
import { typedCommand } from "../typed_command.ts";
import type { Subcommand } from "./command.ts";

const [usualName] = configFileNames;

export const init: Subcommand = {
  name: "init",
  about: "ask a few questions and write a config file",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit init")
        .description(
          "Ask what to learn from and how, and write a config file in TypeScript. That of the folder, " +
            `${usualName}, is taken by every later command there without --config.`,
        )
        .argument("[file]", "name of the file, which must not be there", usualName)
        .option("--yes", "ask nothing, write the defaults", false),
    );
    command.parse([...args], { from: "user" });
    const [file = usualName] = command.processedArgs as [string];
    const { yes } = command.opts<{ yes: boolean }>();
    if (!/\.[cm]?ts$/.test(file)) {
      throw new UserError(
        `Cannot write ${file}: it needs a name that ends in .ts. Give another one.`,
      );
    }
    if (await exists(file)) throw alreadyThere(file);
    const output = createOutput({ json: false });
    const settings = await askAll(questions, check, yes ? null : openTerminal(otherwise));
    await writeNew(file, configText(settings));
    const taken = file === usualName ? [] : ["--config", file];
    const next = (words: string[]) =>
      shellCommand(typedCommand("clusterfit", [...words, ...taken], Deno.env.toObject()));
    output.line(
      `Wrote ${file}.\nNext      ${next(["plan"])}   what it will take\n          ${next([])}`,
    );
    return 0;
  },
};

const otherwise = "Give --yes for the defaults, or write the file yourself: " +
  "`deno task clusterfit --help` lists its keys.";

/** Throws a UserError where a run would refuse the settings, or no pictures can be where a path points to. */
async function check(settings: JsonObject): Promise<void> {
  makeJob(chooseExperiment(settings), "", settings);
  for (const path of pathsOf(settings)) await placeOf(path);
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}
