/** One set-up at a time per checkout: the others wait. The kernel frees the lock of a dead process. */
import { join } from "node:path";
import type { Environment } from "./environment.ts";

export async function lockSetup({ root, screen }: Environment): Promise<Disposable> {
  const folder = join(root, ".cache");
  await Deno.mkdir(folder, { recursive: true });
  const file = await Deno.open(join(folder, "setup.lock"), { write: true, create: true });
  if (!await file.tryLock(true)) {
    screen.write("another set-up of this checkout is running: waiting for it\n");
    await file.lock(true);
  }
  return file;
}
