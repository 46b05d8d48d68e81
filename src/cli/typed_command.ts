/** The command as its user can type it again. */
import type { RunRecord } from "../pipeline/record.ts";

/** `deno task <task>` with `args`, by way of npx where that started this process: then there may be no
 * `deno` on PATH. */
export function typedCommand(
  task: string,
  args: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): RunRecord["command"] {
  const byNpx = variables["npm_command"] === "exec"; // as npx sets it
  const deno = byNpx ? ["npx", "--yes", `deno@${Deno.version.deno}`] : ["deno"];
  return [...deno, "task", task, ...args];
}
