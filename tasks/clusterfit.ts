/** `deno task clusterfit`: set-up, then the command line of src/cli. */
import { ensureSetup } from "./setup.ts";
import { runTask } from "./lib/run_task.ts";

/** Not a literal, so that Deno resolves it only after set-up, and so that help needs none. */
const entry = new URL("../src/cli/main.ts", import.meta.url).href;

await runTask(async () => {
  const asksOnly = Deno.args.some((arg) => ["--help", "-h", "--version", "-V"].includes(arg));
  if (!asksOnly) Deno.env.set("VIRTUAL_ENV", (await ensureSetup()).venv);
  const { main } = await import(entry) as typeof import("../src/cli/main.ts");
  return await main(Deno.args);
});
