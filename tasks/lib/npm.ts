/** npm packages, from the frozen lock file. */
import { UserError } from "../../src/pipeline/errors.ts";
import type { Environment } from "./environment.ts";
import { linesOf } from "./lines.ts";
import { withProgress } from "./progress.ts";

/** Below this nothing is said: an install that is in order ends within it. */
const quietMilliseconds = 300;

/** Installs what deno.lock names into node_modules; takes some 30 ms when all is there. */
export async function installNpmPackages({ root, screen }: Environment): Promise<void> {
  const title = "installing npm packages";
  await withProgress({ title, screen, quiet: quietMilliseconds }, async (update) => {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["install", "--frozen"],
      cwd: root,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const said: string[] = [];
    for await (const line of linesOf(child.stderr)) {
      const name = /^(?:Download|Initialize) (?:.*\/)?(\S+)$/.exec(line)?.[1];
      if (name !== undefined) update({ text: decodeURIComponent(name) });
      else if (line !== "") said.push(line);
    }
    if ((await child.status).success) return;
    throw new UserError(
      `Installing npm packages from deno.lock failed: ${said.join("\n")}\n` +
        "Check the network and the free disk space, then run the same command again.",
    );
  });
}
