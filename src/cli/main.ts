/** `deno task clusterfit`: arguments in, exit code out. */
import { CommanderError } from "commander";
import { EngineError } from "../engine/mod.ts";
import { UserError } from "../pipeline/errors.ts";
import { loadConfig } from "./load_config.ts";
import { parseOptions } from "./options.ts";
import { createOutput } from "./output.ts";
import { explainRun, performRun } from "./run_command.ts";

/** Runs the command. 0: done; 2: a mistake of the user's, told in one message; 130: stopped by Ctrl-C;
 * 1: a fault of ours, with its stack. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    const output = createOutput(options);
    const asked = await loadConfig(options);
    if (!options.explain) return await performRun(asked, options, output, args);
    await explainRun(asked, options, output);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UserError || error instanceof EngineError) {
      console.error(`error: ${error.message}`);
      return 2;
    }
    console.error(error);
    console.error(
      "\nThis is a fault in clusterfit, not in your input. Please report it with the above.",
    );
    return 1;
  }
}
