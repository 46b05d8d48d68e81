/** Ends a task: the user's errors as one message and exit code 2, anything else with its stack. */
import { explainSystemError, UserError } from "../../src/pipeline/errors.ts";

/** Runs `main` and exits with the code that it returns. */
export async function runTask(main: () => Promise<number>): Promise<never> {
  try {
    Deno.exit(await main());
  } catch (error) {
    const told = explainSystemError(error, "run the task");
    if (!(told instanceof UserError)) throw error;
    console.error(`error: ${told.message}`);
    Deno.exit(2);
  }
}
