/** One process at a time: locks that the kernel frees when their process dies. Lock files are never
 * removed: whoever removed one would let two processes hold "the" lock, each of a file of its own. */
import { join } from "node:path";
import { UserError } from "./errors.ts";

/** Times that a start waits for those who only ask, 1 to 9 ms each: about 2 s. */
const patience = 400;

/** A lock that this process holds. Dispose to let it go. */
export interface Lock extends Disposable {
  /** Whether the lock file is still where it was: where somebody removed it, another process may hold a
   * lock by the same name. */
  stands(): Promise<boolean>;
}

/** Takes `folder/lock` or throws a UserError that names the holder. `attempted`: what it is taken for. */
export async function lockFolder(
  folder: string,
  attempted = `run in ${folder}`,
): Promise<Lock> {
  const path = lockOf(folder);
  const lock = await tryLock(path);
  if (lock) return lock;
  const holder = (await Deno.readTextFile(path)).trim();
  throw new UserError(
    `Cannot ${attempted}: it needs the folder's lock, found it held by process ` +
      `${
        holder || "(unknown)"
      }. Wait for it, watch it with \`deno task serve\`, or stop it with Ctrl-C.`,
  );
}

/** Takes the lock of this file without waiting; `undefined` where another process, or another holder in
 * this one, has it. */
export async function tryLock(path: string): Promise<Lock | undefined> {
  for (let tries = 0; tries < patience; tries++) {
    const file = await Deno.open(path, { read: true, write: true, create: true });
    const taken = await take(file, path).catch((error) => {
      file.close();
      throw error;
    });
    if (taken === "taken") {
      return { stands: () => isSameFile(file, path), [Symbol.dispose]: () => file.close() };
    }
    file.close();
    if (taken === "held") return undefined;
    await new Promise((resolve) => setTimeout(resolve, 1 + 8 * Math.random()));
  }
  throw new UserError(
    `Cannot lock ${path}: it needs a lock that no program shares, found other programs that keep it ` +
      "shared. Stop them and run the same command again.",
  );
}

/** A run's lock is exclusive, an asker's is shared and held for microseconds: where a shared lock can be
 * had beside it, what is in the way is no run. */
async function take(file: Deno.FsFile, path: string): Promise<"taken" | "held" | "again"> {
  if (!await file.tryLock(true)) {
    if (!await file.tryLock(false)) return "held";
    await file.unlock();
    return "again";
  }
  if (!await isSameFile(file, path)) return "again"; // removed between opening and locking
  await file.truncate();
  await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  return "taken";
}

async function isSameFile(file: Deno.FsFile, path: string): Promise<boolean> {
  const [open, there] = await Promise.all([file.stat(), Deno.stat(path).catch(() => undefined)]);
  return open.dev === there?.dev && open.ino === there.ino;
}

/** Whether a process runs in this folder, however long it has said nothing. */
export function isLocked(folder: string): boolean {
  return isHeld(lockOf(folder));
}

/** Whether a process holds the lock of this file. Where there is no lock file, or none that may be read,
 * nobody does.
 *
 * Asking takes a shared lock and gives it back before anything else can happen in this process;
 * a run that starts at that very moment tells it from another run, and waits (`tryLock`). */
export function isHeld(path: string): boolean {
  try {
    if (!Deno.lstatSync(path).isFile) return false; // opening a pipe would wait for its writer
    using file = Deno.openSync(path, { read: true });
    return !file.tryLockSync(false);
  } catch (error) {
    const { NotFound, NotADirectory, PermissionDenied } = Deno.errors;
    if ([NotFound, NotADirectory, PermissionDenied].some((kind) => error instanceof kind)) {
      return false;
    }
    throw error;
  }
}

const lockOf = (folder: string) => join(folder, "lock");
