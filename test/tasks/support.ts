/** Tasks as a user starts them. */
import { join } from "node:path";
import { currentEnvironment } from "../../tasks/lib/environment.ts";

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `tasks/<name>.ts` where there is no Python to be found. */
export async function runTaskFile(name: string, ...args: readonly string[]): Promise<Ended> {
  const { root } = currentEnvironment();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", join(root, "tasks", `${name}.ts`), ...args],
    cwd: root,
    clearEnv: true,
    env: { HOME: Deno.env.get("HOME") ?? "", PATH: "/none", PYENV_ROOT: "/none", NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: out ?? "", stderr: err ?? "" };
}
