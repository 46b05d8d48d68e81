/** Help and mistakes of a command: as those of the run itself. */
import type { Command } from "commander";
import { write } from "./output.ts";

/** `--help`, and a CommanderError for it and for every mistake. */
export function addHelp(command: Command): Command {
  return command
    .helpOption("-h, --help", "print this help")
    .allowExcessArguments(false)
    .showHelpAfterError("(--help lists the options)")
    .configureOutput({
      writeOut: (text) => void write("stdout", text),
      writeErr: (text) => void write("stderr", text),
    })
    .exitOverride();
}
