/** Folders on their way in or out: below `.temporary` in the folder of all runs, where nothing shows them. Who is at work on
 * one holds its lock; what nobody holds was left by a process that died, and may be removed. */
import { join } from "node:path";
import { removeIfThere, syncPath, unlessMissing } from "../pipeline/files.ts";
import { isLocked } from "../pipeline/lock.ts";
import { folderNames, temporaryFolder } from "../pipeline/store.ts";

/** A path for one more of them, not there yet. */
export async function temporaryPath(out: string): Promise<string> {
  await Deno.mkdir(join(out, temporaryFolder), { recursive: true });
  return join(out, temporaryFolder, crypto.randomUUID());
}

/** Takes a folder out of its place by one rename; gives its path since. */
export async function moveAside(out: string, path: string): Promise<string> {
  const aside = await temporaryPath(out);
  await Deno.rename(path, aside);
  await syncPath(out);
  return aside;
}

/** Removes one of them, its lock last: until then nobody takes it for left behind. */
export async function discard(path: string): Promise<void> {
  for (const { name } of await unlessMissing(Array.fromAsync(Deno.readDir(path))) ?? []) {
    if (name !== "lock") await Deno.remove(join(path, name), { recursive: true });
  }
  await removeIfThere(path);
}

/** Paths of those that nobody is at work on. */
export async function leftBehind(out: string): Promise<string[]> {
  const dir = join(out, temporaryFolder);
  const paths = (await folderNames(dir)).map((name) => join(dir, name));
  return paths.filter((path) => !isLocked(path));
}
