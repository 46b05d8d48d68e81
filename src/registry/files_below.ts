/** All files below a folder. */
import { join } from "node:path";
import { unlessMissing } from "../pipeline/files.ts";

/** Anything in a folder that is no folder itself. */
export interface FoundFile {
  readonly path: string;
  /** From the folder on, as "artifacts/teacher/network.safetensors". */
  readonly name: string;
  /** Of the file itself; of a link, not of what it leads to. */
  readonly info: Deno.FileInfo;
}

/** In the order of their names; what goes away meanwhile is passed over. Links are not followed. `enters`: whether
 * what has this name is looked at. */
export async function* filesBelow(
  dir: string,
  enters: (name: string) => boolean = () => true,
  above = "",
): AsyncGenerator<FoundFile> {
  const entries = await unlessMissing(Array.fromAsync(Deno.readDir(join(dir, above)))) ?? [];
  for (const { name: last, isDirectory } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const name = above === "" ? last : `${above}/${last}`;
    if (!enters(name)) continue;
    if (isDirectory) {
      yield* filesBelow(dir, enters, name);
      continue;
    }
    const path = join(dir, name);
    const info = await unlessMissing(Deno.lstat(path));
    if (info) yield { path, name, info };
  }
}

/** What tells one file from another: hard links of one file have the same. */
export function fileId({ dev, ino }: Pick<Deno.FileInfo, "dev" | "ino">): string {
  return `${dev}:${ino}`;
}
