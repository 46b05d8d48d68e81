/** Objects that no run uses, and what stages and commands that died have left: found without changing anything. */
import { join } from "node:path";
import { z } from "zod";
import { manifestFile } from "../pipeline/artifact.ts";
import { UserError } from "../pipeline/errors.ts";
import { isHeld } from "../pipeline/lock.ts";
import { folderNames, objectPaths } from "../pipeline/store.ts";
import { type DiskUse, diskUse } from "./disk_use.ts";
import { isKey, keyOfPartial } from "./object_names.ts";
import { type ObjectUse, objectUse } from "./object_use.ts";
import { leftBehind } from "./temporary.ts";

/** A folder that nothing needs. */
export type Garbage = Keyed | (Folder & { readonly kind: "left" });

/** A folder among the objects. */
export type Keyed =
  & Folder
  & { readonly key: string }
  & (
    /** An object. `stage`: the one that made it; absent where its manifest is damaged. */
    | { readonly kind: "object"; readonly stage?: string }
    /** The folder of a stage under way. */
    | { readonly kind: "partial" }
  );

type Folder = DiskUse & { readonly path: string };

export interface GarbageFound {
  /** Objects that no run uses, folders of stages that no run goes on with, and what a killed `rm`, `gc` or
   * `unpack` left. */
  readonly garbage: readonly Garbage[];
  /** Objects and folders of stages that no run uses now, and that runs under way may come to. */
  readonly kept: readonly Keyed[];
  /** Names of those runs. */
  readonly underWay: readonly string[];
}

/** Looks at the runs and the objects below `out`. Throws a UserError where damage hides what a run uses. */
export async function findGarbage(out: string): Promise<GarbageFound> {
  const use = await clearUse(out);
  const [garbage, kept]: [Garbage[], Keyed[]] = [[], []];
  const { dir, lock } = objectPaths(out);
  for (const name of await folderNames(dir)) {
    const key = keyOfPartial(name) ?? (isKey(name) ? name : undefined);
    if (key === undefined || isHeld(lock(key)) || use.keys.has(key)) continue;
    const path = join(dir, name);
    const folder = { key, path, ...await diskUse(path) };
    const one: Keyed = name === key
      ? { kind: "object", ...folder, ...await stageOf(path) }
      : { kind: "partial", ...folder };
    if (needs(use, one)) kept.push(one);
    else garbage.push(one);
  }
  for (const path of await leftBehind(out)) {
    garbage.push({ kind: "left", path, ...await diskUse(path) });
  }
  return { garbage, kept, underWay: use.underWay };
}

/** Name of the stage that made an object. */
async function stageOf(dir: string): Promise<{ readonly stage?: string }> {
  const text = await Deno.readTextFile(join(dir, manifestFile)).catch(() => "");
  try {
    return { stage: z.object({ stage: z.string() }).parse(JSON.parse(text)).stage };
  } catch {
    return {};
  }
}

/** Whether a run uses it, or one under way may come to: link the object when it reaches a stage, or go on from what
 * a stage left, of which it is not known which it was. An object without a manifest cannot be linked. */
export function needs({ keys, stages, underWay }: ObjectUse, one: Keyed): boolean {
  if (keys.has(one.key)) return true;
  if (underWay.length === 0) return false;
  if (stages === "all" || one.kind === "partial") return true;
  return one.stage !== undefined && stages.has(one.stage);
}

/** Throws a UserError where damage hides what a run uses. */
export async function clearUse(out: string): Promise<ObjectUse> {
  const use = await objectUse(out);
  if (use.unclear.length === 0) return use;
  const [first] = use.unclear;
  const more = use.unclear.length > 1 ? ` (and ${use.unclear.length - 1} more)` : "";
  throw new UserError(
    `Cannot tell which objects no run uses: it needs to read what each run has, found that ${first}${more}. ` +
      "Let the run's own command mend it (`clusterfit verify` names it), or remove the run with `clusterfit rm`.",
  );
}
