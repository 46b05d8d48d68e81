/** Every command beside the run itself. A new one has its own file and a line here. */
import type { Subcommand } from "./command.ts";
import { exportCommand } from "./export.ts";
import { index } from "./index.ts";
import { init } from "./init.ts";
import { schema } from "./schema.ts";

export const subcommands: readonly Subcommand[] = [
  index,
  init,
  schema,
  exportCommand,
];
