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
      outputError: (text, write) => write(text + folderHint(text, command)),
    })
    .exitOverride();
}

/** The folder of runs is `--out` where they are made and served, `--runs` where another thing is written. */
function folderHint(text: string, { options }: Command): string {
  const [, unknown] = /unknown option '(--out|--runs)[='\n]/.exec(text) ?? [];
  const named = options.find(({ long, defaultValue }) =>
    (long === "--out" || long === "--runs") && defaultValue === "runs"
  );
  return unknown && named ? `The folder of runs is ${named.long} here.\n` : "";
}
