/** The folder that an export leaves: whole or not there, with a list of its files. */
import { basename, dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import { explainSystemError, UserError } from "../pipeline/errors.ts";
import {
  hashFile,
  moveFolder,
  readTextIfThere,
  removeIfThere,
  syncPath,
  unlessMissing,
  writeFileAtomic,
} from "../pipeline/files.ts";
import type { JsonObject } from "../pipeline/json.ts";
import { type Lock, tryLock } from "../pipeline/lock.ts";

const listFile = "export.json";

/** `export.json`: what the folder was made of, and the SHA-256 of each file. */
const listSchema = z.object({
  schema: z.literal(1),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.int() })),
});

/** Has `write` fill a folder beside `out`, lists its files beside `facts` and moves it to `out`. An earlier export
 * there is replaced; a folder with anything else in it is refused. Stopped or killed at any moment, `out` is what
 * it was, or not there; what a killed process had begun is removed by the next one. */
export async function writeFolder(
  out: string,
  facts: JsonObject,
  write: (dir: string) => Promise<void>,
): Promise<void> {
  const place = resolve(out);
  const partial = join(dirname(place), `.${basename(place)}.partial`);
  try {
    await checkReplaceable(place);
    await Deno.mkdir(partial, { recursive: true });
    using _lock = await lockPartial(partial, place);
    await removeAllBut(lockFile, partial);
    try {
      await write(partial);
      await removeIfThere(join(partial, lockFile));
      await listFiles(partial, facts);
      await moveFolder(partial, place);
    } catch (error) {
      await removeIfThere(partial);
      throw error;
    }
  } catch (error) {
    throw explainSystemError(error, `write the folder ${place}`);
  }
}

const lockFile = "lock";

async function lockPartial(partial: string, place: string): Promise<Lock> {
  const lock = await tryLock(join(partial, lockFile));
  if (lock) return lock;
  throw new UserError(
    `Cannot export to ${place}: it needs a folder to itself, found another export that writes there. ` +
      "Wait for it, or give another --out.",
  );
}

/** What is not in an earlier export's list is somebody's own. */
async function checkReplaceable(place: string): Promise<void> {
  const names = await filesBelow(place);
  const listed = new Set([listFile, ...Object.keys(await readList(place))]);
  const foreign = names.find((name) => !listed.has(name));
  if (foreign === undefined) return;
  throw new UserError(
    `Cannot export to ${place}: it needs a new folder, an empty one or that of an earlier export, ` +
      `found ${foreign} in it. Give another --out, or move that away.`,
  );
}

async function readList(place: string): Promise<z.infer<typeof listSchema>["files"]> {
  const text = await readTextIfThere(join(place, listFile));
  try {
    return text === undefined ? {} : listSchema.parse(JSON.parse(text)).files;
  } catch {
    return {}; // of another program: what it lists is not ours to remove
  }
}

async function listFiles(dir: string, facts: JsonObject): Promise<void> {
  const files: Record<string, { readonly sha256: string; readonly bytes: number }> = {};
  for (const name of await filesBelow(dir)) {
    const path = join(dir, name);
    await syncPath(path);
    await syncPath(dirname(path));
    files[name] = await hashFile(path);
  }
  const list = { schema: 1, ...facts, files };
  await writeFileAtomic(join(dir, listFile), `${JSON.stringify(list, null, 2)}\n`);
}

/** Paths of all files below a folder, with "/", sorted; none where it is missing. */
async function filesBelow(dir: string, root = dir): Promise<string[]> {
  const entries = await unlessMissing(Array.fromAsync(Deno.readDir(dir))) ?? [];
  const names = await Promise.all(entries.map(({ name, isDirectory }) => {
    const path = join(dir, name);
    return isDirectory ? filesBelow(path, root) : [relative(root, path).replaceAll("\\", "/")];
  }));
  return names.flat().sort();
}

/** Empties a folder but for one file. */
async function removeAllBut(kept: string, dir: string): Promise<void> {
  for await (const { name } of Deno.readDir(dir)) {
    if (name !== kept) await removeIfThere(join(dir, name));
  }
}
