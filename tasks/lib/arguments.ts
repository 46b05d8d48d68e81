/** The arguments of a task; a mistake in them is the user's. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { UserError } from "../../src/pipeline/errors.ts";

/** `node:util`'s parseArgs on this process's arguments. @throws {UserError} for an unknown option. */
export function readArguments<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UserError((error as Error).message);
  }
}
