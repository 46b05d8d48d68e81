/** `deno task reproduce`: set-up, then an experiment of the paper. */
import { ensureSetup, install } from "./setup.ts";
import { runTask } from "./lib/run_task.ts";

await runTask(async () => {
  const asksOnly = Deno.args.some((arg) =>
    ["--help", "-h", "--version", "-V", "--list"].includes(arg)
  );
  if (!asksOnly) Deno.env.set("VIRTUAL_ENV", (await ensureSetup()).venv);
  const { reproduce } = await import("../src/cli/main.ts");
  return await reproduce(Deno.args, install);
});
