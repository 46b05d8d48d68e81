/** Removes objects that no run uses, while runs may start, link and make objects. */
import { join } from "node:path";
import { isThere } from "../pipeline/files.ts";
import { isLocked, type Lock, lockFolder, tryLock } from "../pipeline/lock.ts";
import { objectPaths, temporaryFolder } from "../pipeline/store.ts";
import { clearUse, type Garbage, type Keyed, needs } from "./garbage.ts";
import { discard, moveAside } from "./temporary.ts";

export interface Collected {
  readonly removed: readonly Garbage[];
  /** What a run has come to use, or somebody is at work on. */
  readonly left: readonly Garbage[];
}

/** Locks that are held at once: each is an open file. */
const atOnce = 100;

/**
 * Removes what `findGarbage` found. Throws a UserError where another process is at it.
 *
 * Each object is moved out of its place under the lock of its key, and the runs are looked at again before it is
 * removed: what one of them has come to use, or is on its way to, is moved back. A run that asks for an object in
 * between finds its lock held, as where another run makes it, and asks again. One that has linked its files has
 * what it needs.
 */
export async function collectGarbage(
  out: string,
  garbage: readonly Garbage[],
  signal?: AbortSignal,
): Promise<Collected> {
  using _alone = await oneAtATime(out);
  const [removed, left]: [Garbage[], Garbage[]] = [[], []];
  for (const one of garbage) {
    if (one.kind !== "left") continue;
    if (isLocked(one.path)) {
      left.push(one);
    } else {
      await discard(one.path);
      removed.push(one);
    }
  }
  const keyed = garbage.filter((one) => one.kind !== "left");
  const keys = [...new Set(keyed.map(({ key }) => key))];
  for (let at = 0; at < keys.length; at += atOnce) {
    signal?.throwIfAborted();
    const some = new Set(keys.slice(at, at + atOnce));
    const done = await collectKeys(out, keyed.filter(({ key }) => some.has(key)));
    removed.push(...done.removed);
    left.push(...done.left);
  }
  return { removed, left };
}

/** What is moved aside here would be taken by another one for what is left behind. */
async function oneAtATime(out: string): Promise<Lock> {
  const folder = join(out, temporaryFolder);
  await Deno.mkdir(folder, { recursive: true });
  return await lockFolder(folder, `remove objects in ${out}`);
}

async function collectKeys(out: string, garbage: readonly Keyed[]): Promise<Collected> {
  using locks = new DisposableStack();
  const held = new Set<string>();
  for (const key of new Set(garbage.map(({ key }) => key))) {
    const lock = await tryLock(objectPaths(out).lock(key));
    if (!lock) continue;
    locks.use(lock);
    held.add(key);
  }
  const aside = new Map<Keyed, string>();
  try {
    for (const one of garbage) {
      if (held.has(one.key) && await isThere(one.path)) {
        aside.set(one, await moveAside(out, one.path));
      }
    }
    const use = await clearUse(out);
    const unused = [...aside].filter(([one]) => !needs(use, one));
    for (const [one, path] of unused) {
      aside.delete(one);
      await discard(path);
    }
    const removed = unused.map(([one]) => one);
    return { removed, left: garbage.filter((one) => !removed.includes(one)) };
  } finally {
    for (const [one, path] of aside) await Deno.rename(path, one.path);
  }
}
