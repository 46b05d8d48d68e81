/** `deno task clusterfit`: set-up, then the command line of src/cli. */
import { ensureSetup } from "./setup.ts";
import { runTask } from "./lib/run_task.ts";

/** Commands that need no set-up. */
const withoutPython = ["init", "schema"];

await runTask(async () => {
  const asksOnly = Deno.args.some((arg) => ["--help", "-h", "--version", "-V"].includes(arg));
  const needsPython = !withoutPython.includes(Deno.args[0] ?? "");
  if (!asksOnly && needsPython) Deno.env.set("VIRTUAL_ENV", (await ensureSetup()).venv);
  const { main } = await import("../src/cli/main.ts");
  return await main(Deno.args, async (extras) => {
    await ensureSetup({ extras });
  });
});
