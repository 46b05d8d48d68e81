/** Python with py/ on its path; none of its packages is imported yet. */
import { fileURLToPath } from "node:url";
import { python, type StartOptions } from "../python/mod.ts";

/** Where Python is looked for. */
export type EngineOptions = Pick<StartOptions, "executable">;

/** Returns the executable that runs. */
export async function startPython({ executable }: EngineOptions): Promise<string> {
  const path = [fileURLToPath(new URL("../../py", import.meta.url))];
  await python.start({ path, ...(executable !== undefined && { executable }) });
  return python.info.executable;
}
