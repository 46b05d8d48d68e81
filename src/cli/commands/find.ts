/** The command that an argument names. */
import { nearestWord } from "../../pipeline/nearest_word.ts";
import { UserError } from "../../pipeline/errors.ts";
import { wrap } from "../../report/wrap.ts";
import type { Subcommand } from "./command.ts";

/** Undefined where `name` is none and begins the options of a run. Throws a UserError where there is no such
 * command. */
export function findCommand(
  name: string | undefined,
  commands: readonly Subcommand[],
): Subcommand | undefined {
  const found = commands.find((command) => command.name === name);
  if (found || name === undefined || name.startsWith("-")) return found;
  const near = nearestWord(name, commands.map(({ name }) => name));
  throw new UserError(
    `Cannot run "${name}": it needs a command or an option. ` +
      (near === undefined ? "(--help lists them)" : `Did you mean ${near}?`),
  );
}

/** A line or two of 80 characters for each command, for the help. */
export function commandList(commands: readonly Pick<Subcommand, "name" | "about">[]): string {
  const width = Math.max(0, ...commands.map(({ name }) => name.length)) + 4;
  return commands.flatMap(({ name, about }) =>
    wrap(about, 80 - width).map((line, at) => `  ${at === 0 ? name : ""}`.padEnd(width) + line)
  ).join("\n");
}
