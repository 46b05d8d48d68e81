/** `deno task clusterfit`: set-up, then the command line of src/cli. */
import { ensureSetup, install } from "./setup.ts";
import { runTask } from "./lib/run_task.ts";
import { reportSetup } from "./lib/setup_report.ts";

/** Commands that need no set-up. */
const withoutPython = [
  ...["init", "schema", "compare", "curves", "ls", "query", "notify", "serve"],
  ...["show", "verify", "rm", "gc", "pack", "unpack"],
];

await runTask(async () => {
  const [name = "", ...rest] = Deno.args;
  const asksOnly = Deno.args.some((arg) => ["--help", "-h", "--version", "-V"].includes(arg));
  if (name === "doctor" && !asksOnly) return await examine(rest);
  if (!asksOnly && !withoutPython.includes(name)) await prepare();
  const { main } = await import("../src/cli/main.ts");
  return await main(Deno.args, install);
});

async function prepare(): Promise<void> {
  Deno.env.set("VIRTUAL_ENV", (await ensureSetup()).venv);
}

/** The doctor goes on where set-up fails, and where the other commands cannot even be loaded. */
async function examine(args: readonly string[]): Promise<number> {
  const { told } = await import("../src/cli/told.ts");
  const { doctor } = await import("../src/cli/commands/doctor.ts");
  const setup = await reportSetup(prepare);
  return await told(() => doctor.run(args, { install, setup }));
}
