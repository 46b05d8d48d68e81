/** The files of a source tree. */
import { join } from "node:path";

/**
 * The TypeScript files of a folder (or the one file of that name), sorted, relative to `root` and
 * with forward slashes; none where it is missing.
 */
export function sourceFiles(root: string, folder: string): string[] {
  const path = join(root, folder);
  try {
    if (Deno.statSync(path).isFile) return [folder];
  } catch {
    return [];
  }
  return [...Deno.readDirSync(path)].flatMap(({ name, isDirectory }) => {
    if (isDirectory) return sourceFiles(root, `${folder}/${name}`);
    return name.endsWith(".ts") && !name.endsWith(".d.ts") ? [`${folder}/${name}`] : [];
  }).sort();
}
