/** `deno task clusterfit`: arguments in, exit code out. */
import { inspect } from "node:util";
import { CommanderError } from "commander";
import { EngineError } from "../engine/mod.ts";
import { explainSystemError, FolderError, UserError } from "../pipeline/errors.ts";
import { loadConfig } from "./load_config.ts";
import { parseOptions } from "./options.ts";
import { createOutput } from "./output.ts";
import { explainRun, performRun } from "./run_command.ts";

/** Runs the command. 0: done; 2: a mistake of the user's, told in one message; 130: stopped by Ctrl-C,
 * SIGTERM or a closed terminal; 1: a fault of ours, with its stack. */
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
    const told = explainSystemError(error, "run clusterfit");
    if (told instanceof UserError || told instanceof EngineError) {
      const place = told instanceof FolderError ? " Another folder is given with --out." : "";
      tell(`error: ${told.message}${place}`);
      return 2;
    }
    tell(inspect(error));
    tell("\nThis is a fault in clusterfit, not in your input. Please report it with the above.");
    return 1;
  }
}

/** Writes to stderr; where that is closed or full too, the exit code has to do. */
function tell(text: string): void {
  try {
    console.error(text);
  } catch {
    // nobody can be told
  }
}
