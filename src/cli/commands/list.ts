/** Every command beside the run itself. A new one has its own file and a line here. */
import type { Subcommand } from "./command.ts";

export const subcommands: readonly Subcommand[] = [];
