/** Looks, before hours of work, whether a file can be written. */
import { dirname, resolve } from "node:path";
import { explainSystemError, UserError } from "../pipeline/errors.ts";
import { unlessMissing } from "../pipeline/files.ts";

/** Rejects with a UserError where the file's folder is not there, or takes no files. */
export async function checkFolderOf(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  const found = await unlessMissing(Deno.stat(folder));
  if (!found?.isDirectory) {
    throw new UserError(
      `Cannot write ${path}: it needs a folder ${folder}, found ${found ? "a file" : "none"}. ` +
        "Make it, or give another path.",
    );
  }
  try {
    await Deno.remove(
      await Deno.makeTempFile({ dir: folder, prefix: ".clusterfit-", suffix: ".tmp" }),
    );
  } catch (error) {
    throw explainSystemError(error, `write ${path}`);
  }
}
