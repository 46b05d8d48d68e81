/** The arguments of a task; a mistake in them is the user's. */
import { fileURLToPath } from "node:url";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { UserError } from "../../src/pipeline/errors.ts";
import { wrap } from "../../src/report/wrap.ts";

/**
 * `node:util`'s parseArgs on this process's arguments. `--help` shows what the task's file says of itself
 * at its top, and ends the process.
 *
 * @throws {UserError} for an unknown option.
 */
export function readArguments<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  if (Deno.args.some((arg) => arg === "--help" || arg === "-h")) {
    console.log(usage(Deno.readTextFileSync(fileURLToPath(Deno.mainModule))));
    Deno.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    const [problem] = (error as Error).message.split(". "); // what follows is about "--"
    throw new UserError(`${problem} (--help shows the usage)`);
  }
}

/** The first docstring of a source file, for a terminal. */
export function usage(source: string): string {
  const [, docstring = ""] = /\/\*\*(.*?)\*\//s.exec(source) ?? [];
  const text = docstring.replace(/^ *\* ?/gm, "").replaceAll("`", "").trim();
  return text.split("\n\n").map((paragraph) => wrap(paragraph, 80).join("\n")).join("\n\n");
}
