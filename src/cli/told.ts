/** How a command ends: its exit code, and what is said of what it throws. */
import { inspect } from "node:util";
import { CommanderError } from "commander";
import { EngineError } from "../engine/mod.ts";
import { explainSystemError, FolderError, UserError } from "../pipeline/errors.ts";

/** Runs `command`. Returns its exit code; 2 where it throws a mistake of the user's, told in one message; 1 where
 * it is a fault of ours, with its stack. */
export async function told(command: () => Promise<number>): Promise<number> {
  try {
    return await command();
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
