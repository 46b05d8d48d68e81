/** A command beside the run itself: `deno task clusterfit <name> ...`. */
import type { Install } from "../../steps/extras.ts";
import type { SetupReport } from "../doctor/setup_report.ts";

export interface Subcommand {
  readonly name: string;
  /** One line for the help. */
  readonly about: string;
  /** Returns the exit code; throws a UserError or commander's CommanderError on mistakes. `install` gets what
   * the command needs beyond the base, before it starts the engine. */
  run(args: readonly string[], context: CommandContext): Promise<number>;
}

export interface CommandContext {
  readonly install: Install;
  /** What set-up left, where the task looked: for the doctor. */
  readonly setup?: SetupReport | undefined;
}
