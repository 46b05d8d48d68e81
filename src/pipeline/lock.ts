/** One process at a time per run folder: a lock that the kernel frees when its process dies. */
import { join } from "node:path";
import { UserError } from "./errors.ts";

/** Takes `folder/lock` or throws a UserError that names the holder. Dispose to let it go. */
export async function lockFolder(folder: string): Promise<Disposable> {
  const path = join(folder, "lock");
  const file = await Deno.open(path, { read: true, write: true, create: true });
  if (!await file.tryLock(true)) {
    file.close();
    const holder = (await Deno.readTextFile(path)).trim();
    throw new UserError(
      `${folder} is in use by process ${holder || "(unknown)"}. ` +
        "Wait for it, watch it with `deno task serve`, or stop it with Ctrl-C.",
    );
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  return { [Symbol.dispose]: () => file.close() };
}
