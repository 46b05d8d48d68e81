/** `deno task clusterfit`: set-up, then the command line of src/cli. */
import { ensureSetup } from "./setup.ts";
import { runTask } from "./lib/run_task.ts";

await runTask(async () => {
  const asksOnly = Deno.args.some((arg) => ["--help", "-h", "--version", "-V"].includes(arg));
  if (!asksOnly) Deno.env.set("VIRTUAL_ENV", (await ensureSetup()).venv);
  const { main } = await import("../src/cli/main.ts");
  return await main(Deno.args, async (extras) => {
    await ensureSetup({ extras });
  });
});
