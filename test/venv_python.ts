/** The Python that the tests run with, in a process of its own: makes files that only its libraries write. */
import { findInterpreter } from "../src/python/discover.ts";

/** What `code` prints, with `args` as `sys.argv[1:]`. */
export async function venvPython(code: string, ...args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(findInterpreter().executable, {
    args: ["-c", code, ...args],
    env: { PYTHONPATH: new URL("../py", import.meta.url).pathname },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}
