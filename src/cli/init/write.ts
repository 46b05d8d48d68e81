/** The config file that `clusterfit init` writes. */
import { UserError } from "../../pipeline/errors.ts";
import type { JsonObject } from "../../pipeline/json.ts";

/** The text of a config file in TypeScript. */
export function configText(settings: JsonObject): string {
  const lines = JSON.stringify(settings, null, 2)
    .replaceAll(/^( +)"([A-Za-z_$][\w$]*)":/gm, "$1$2:")
    .replaceAll(/([^{[,])\n/g, "$1,\n");
  return `/** What \`deno task clusterfit\` runs. All keys: \`deno task clusterfit --help\`. */
import { defineConfig } from "clusterfit/config";

export default defineConfig(${lines});
`;
}

/** Writes a new file. Throws a UserError where there is one: nothing of the user's is overwritten. */
export async function writeNew(path: string, text: string): Promise<void> {
  try {
    await Deno.writeTextFile(path, text, { createNew: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    throw alreadyThere(path);
  }
}

export function alreadyThere(path: string): UserError {
  return new UserError(
    `Cannot write ${path}: it needs a new file, found one of that name. Move it away, or name another ` +
      "one, as in `deno task clusterfit init other.config.ts`.",
  );
}
