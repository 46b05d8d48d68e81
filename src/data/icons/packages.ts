/** Versions of the npm packages that decide what an icon looks like. */
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { z } from "zod";
import { UserError } from "../../pipeline/errors.ts";
import type { IconSet } from "./sets.ts";

/** The icon sets' packages, and the renderer with the libraries it draws by: name -> version as installed.
 * A UserError where a package is missing. */
export function packageVersions(
  sets: readonly Pick<IconSet, "name">[],
): Readonly<Record<string, string>> {
  const { sharp: renderer = "", vips = "", rsvg = "" } = sharp.versions;
  return {
    ...Object.fromEntries(sets.map(({ name }) => [`@iconify-json/${name}`, versionOf(name)])),
    ...{ sharp: renderer, vips, rsvg },
  };
}

function versionOf(set: string): string {
  const name = `@iconify-json/${set}`;
  try {
    const path = new URL(import.meta.resolve(`${name}/package.json`));
    return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path, "utf8"))).version;
  } catch (error) {
    throw new UserError(
      `Cannot read the version of ${name}: it needs the installed npm package, found: ` +
        `${(error as Error).message}. Run \`deno install\` and try again.`,
      { cause: error },
    );
  }
}
