/** `deno task serve`: watch runs in the browser, from a process of its own. */
import { Command } from "commander";
import { parseHost, parsePort, serve } from "../src/server/serve.ts";
import { runTask } from "./lib/run_task.ts";

const command = new Command("deno task serve")
  .description(
    "Shows the runs under a folder in the browser, on this machine only unless --host says " +
      "otherwise; writes nothing.",
  )
  .option("--out <folder>", "folder of the runs", "runs")
  .option(
    "--host <name>",
    "name or address to listen on; 0.0.0.0 for all, which lets everybody in the network read the runs",
    parseHost,
    "127.0.0.1",
  )
  .option("--port <number>", "port to listen on; 0 takes any free one", parsePort, 8000)
  .helpOption("--help", "show this help")
  .allowExcessArguments(false)
  .exitOverride(({ exitCode }) => Deno.exit(exitCode === 0 ? 0 : 2));

async function main(): Promise<number> {
  command.parse(Deno.args, { from: "user" });
  const { out, host, port } = command.opts<{ out: string; host: string; port: number }>();
  const stop = new AbortController();
  Deno.addSignalListener("SIGINT", () => stop.abort());
  await serve({
    out,
    host,
    port,
    signal: stop.signal,
    onListen: (url) => console.log(`Watching the runs in ${out}: ${url}\nCtrl-C stops the server.`),
  });
  return 0;
}

await runTask(main);
