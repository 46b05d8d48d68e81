/** `deno task serve`: watch runs in the browser, from a process of its own. */
import { Command, CommanderError } from "commander";
import { UserError } from "../src/pipeline/errors.ts";
import { parsePort, serve } from "../src/server/serve.ts";

const command = new Command("deno task serve")
  .description(
    "Shows the runs under a folder in the browser, on this machine only; writes nothing.",
  )
  .option("--out <folder>", "folder of the runs", "runs")
  .option("--port <number>", "port to listen on; 0 takes any free one", parsePort, 8000)
  .helpOption("--help", "show this help")
  .allowExcessArguments(false)
  .exitOverride();

try {
  command.parse(Deno.args, { from: "user" });
  const { out, port } = command.opts<{ out: string; port: number }>();
  const stop = new AbortController();
  Deno.addSignalListener("SIGINT", () => stop.abort());
  await serve({
    out,
    port,
    signal: stop.signal,
    onListen: (url) => console.log(`Watching the runs in ${out}: ${url}\nCtrl-C stops the server.`),
  });
  Deno.exit(0);
} catch (error) {
  if (error instanceof CommanderError) Deno.exit(error.exitCode === 0 ? 0 : 2);
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
