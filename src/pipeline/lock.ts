/** One process at a time per run folder: a lock that the kernel frees when its process dies. */
import { join } from "node:path";
import { UserError } from "./errors.ts";

/** Times that a start waits for those who only ask, 1 to 9 ms each: about 2 s. */
const patience = 400;

/** Takes `folder/lock` or throws a UserError that names the holder. Dispose to let it go. */
export async function lockFolder(folder: string): Promise<Disposable> {
  const path = join(folder, "lock");
  const file = await Deno.open(path, { read: true, write: true, create: true });
  try {
    await takeLock(file, folder);
    await file.truncate();
    await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  } catch (error) {
    file.close();
    throw error;
  }
  return { [Symbol.dispose]: () => file.close() };
}

/** Whether a process holds the lock of this folder: it then runs, however long it has said nothing.
 * Where there is no lock file, or none that may be read, nobody does.
 *
 * Asking takes a shared lock and gives it back before anything else can happen in this process;
 * a run that starts at that very moment tells it from another run, and waits (`takeLock`). */
export function isLocked(folder: string): boolean {
  try {
    const path = join(folder, "lock");
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

/** Locks out other runs. A run's lock is exclusive, an asker's is shared and held for microseconds:
 * where a shared lock can be had beside it, what is in the way is no run. */
async function takeLock(file: Deno.FsFile, folder: string): Promise<void> {
  for (let tries = 0; tries < patience; tries++) {
    if (await file.tryLock(true)) return;
    if (!await file.tryLock(false)) {
      const holder = (await Deno.readTextFile(join(folder, "lock"))).trim();
      throw new UserError(
        `${folder} is in use by process ${holder || "(unknown)"}. ` +
          "Wait for it, watch it with `deno task serve`, or stop it with Ctrl-C.",
      );
    }
    await file.unlock();
    await new Promise((resolve) => setTimeout(resolve, 1 + 8 * Math.random()));
  }
  throw new UserError(
    `Locking ${folder} failed: no run holds its lock, but other programs keep it shared. ` +
      "Stop them and run the same command again.",
  );
}
