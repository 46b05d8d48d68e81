/** A copy of the working tree that may be changed at will. */
import { join } from "node:path";

/** Top folders that are not copied: nothing there is changed, so a link does, or tests do not need it. */
const linked = ["node_modules", ".venv"];
const leftOut = new Set([...linked, "runs"]);

/** Copies the tree at `root` into the empty folder `to`; installed packages are linked. Hidden files at the top,
 * runs and compiled Python are left out. */
export async function copyTree(root: string, to: string): Promise<void> {
  for (const { name, ...entry } of Deno.readDirSync(root)) {
    if (!name.startsWith(".") && !leftOut.has(name)) {
      await copy(entry, join(root, name), join(to, name));
    }
  }
  for (const name of linked) {
    const found = await Deno.realPath(join(root, name)).catch(() => undefined);
    if (found !== undefined) await Deno.symlink(found, join(to, name));
  }
}

async function copy(
  { isDirectory }: Pick<Deno.DirEntry, "isDirectory">,
  from: string,
  to: string,
): Promise<void> {
  if (!isDirectory) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for (const { name, ...entry } of Deno.readDirSync(from)) {
    if (name !== "__pycache__") await copy(entry, join(from, name), join(to, name));
  }
}
