/** The config file that a folder has: taken without `--config`. */
import { join } from "node:path";
import type { Options } from "./options.ts";

/** The first of these that is there. */
export const configFileNames = ["clusterfit.config.ts", "clusterfit.config.json"] as const;

/** Path of the config file in `folder`; undefined where it has none. */
export async function findConfigFile(folder: string): Promise<string | undefined> {
  for (const name of configFileNames) {
    const isFile = await Deno.stat(join(folder, name)).then((stat) => stat.isFile, () => false);
    if (isFile) return join(folder, name);
  }
  return undefined;
}

/** The options with the config file of `folder`, where they name none; `say` is told that it is taken. */
export async function withConfigFile(
  options: Options,
  say: (line: string) => void,
  folder = ".",
): Promise<Options> {
  if (options.config !== undefined) return options;
  const config = await findConfigFile(folder);
  if (config === undefined) return options;
  say(`Config    ${config}, because it is in this folder; --config names another one`);
  return { ...options, config };
}
