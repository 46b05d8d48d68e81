/** Lists that come with a data set: lines of text, and tables without a header. */
import { join } from "node:path";
import { UserError } from "../../pipeline/errors.ts";
import type { Root } from "./data_set.ts";

/** The lines of a text file below the root that are not empty, without the spaces around them. */
export async function readLines(root: Root, path: string): Promise<string[]> {
  const text = await Deno.readTextFile(join(root.path, path));
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

/** What `pattern` captures in each line of a list. `form`: what a line has to be, for people. Rejects with a UserError
 * where one is not. */
export async function readList(
  root: Root,
  path: string,
  pattern: RegExp,
  form: string,
): Promise<(readonly string[])[]> {
  const lines = await readLines(root, path);
  return lines.map((line, at) => {
    const match = pattern.exec(line);
    if (match) return match.slice(1);
    throw new UserError(
      `Cannot open ${root.given}: it needs "${form}" in each line of ${path}, found ` +
        `${JSON.stringify(line.slice(0, 80))} in line ${
          at + 1
        } of those with text. Fetch the list again.`,
    );
  });
}
