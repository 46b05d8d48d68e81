/** `origin.json` beside the files of an object: which attempt made it. No part of the artifact: two that are
 * made at different times are the same artifact. */
import { join } from "node:path";
import { type Origin, originSchema } from "./events.ts";
import { readTextIfThere, removeIfThere, writeFileAtomic } from "./files.ts";
import { reasonOf } from "./reason.ts";
import { seal, unseal } from "./sealed.ts";

export const originFile = "origin.json";

/** Who made the object in `dir`; nobody knows where there is no such file. */
export async function readOrigin(
  dir: string,
): Promise<{ readonly origin?: Origin; readonly damage?: string }> {
  const path = join(dir, originFile);
  try {
    const text = await readTextIfThere(path);
    return text === undefined ? {} : { origin: originSchema.parse(unseal(JSON.parse(text))) };
  } catch (error) {
    return { damage: `${path} is damaged: ${reasonOf(error)}` };
  }
}

/** Says who made the object in `dir`, or that nobody knows. */
export async function writeOrigin(dir: string, origin: Origin | undefined): Promise<void> {
  const path = join(dir, originFile);
  if (origin) await writeFileAtomic(path, `${JSON.stringify(seal(origin))}\n`);
  else await removeIfThere(path);
}
