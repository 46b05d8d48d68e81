/** The file that `--out` names, looked at before anything is read for it. */
import { dirname, resolve } from "node:path";
import { UserError } from "../pipeline/errors.ts";
import { unlessMissing } from "../pipeline/files.ts";

/** Throws a UserError where no file can be there. */
export async function checkOutFile(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  if (!await isFolder(folder)) {
    throw new UserError(
      `Cannot write ${path}: it needs a folder to be in, found none at ${folder}. ` +
        "Make it, or give another --out.",
    );
  }
  if (await isFolder(path)) {
    throw new UserError(
      `Cannot write ${path}: it needs the name of a file, found a folder. Give a name in it to --out.`,
    );
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await unlessMissing(Deno.stat(path)))?.isDirectory ?? false;
}
