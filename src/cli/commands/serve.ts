/** `clusterfit serve`: watch runs in the browser, from a process of its own. */
import { Command, Option } from "commander";
import { isThere } from "../../pipeline/files.ts";
import { systemClock } from "../../registry/clock.ts";
import { defaultLimits, type Limits, withLimit } from "../../server/limits.ts";
import {
  type Login,
  type LoginUrls,
  parseHost,
  parsePort,
  parseToken,
  serve,
} from "../../server/serve.ts";
import { whenIdle } from "../../server/until_idle.ts";
import { addHelp } from "../help.ts";
import { listenForInterrupts } from "../interrupt.ts";
import { path, wholeNumber } from "../options.ts";
import type { Subcommand } from "./command.ts";

interface Options {
  readonly out: string;
  readonly host: string;
  readonly port: number;
  readonly token: boolean;
  readonly limit: Limits;
  readonly idle?: number;
}

export const serveCommand: Subcommand = {
  name: "serve",
  about: "watch the runs of a folder in the browser",
  async run(args) {
    const command = addHelp(
      new Command("clusterfit serve")
        .description(
          "Show the runs under a folder in the browser, on this machine only unless --host says otherwise; " +
            "writes nothing but the index of the runs, index.sqlite there (docs/WATCHING.md).",
        )
        .option("--out <folder>", "folder of the runs", path, "runs")
        .option(
          "--host <name>",
          "name or address to listen on, 0.0.0.0 for all; on any but this machine's own a login is asked for",
          parseHost,
          "127.0.0.1",
        )
        .option("--port <number>", "port to listen on; 0 takes any free one", parsePort, 8000)
        .option(
          "--token",
          "ask for a login on this machine, too; CLUSTERFIT_TOKEN in the environment names the token of programs",
          false,
        )
        .addOption(
          new Option(
            "--limit <name=number>",
            `repeatable: ${Object.keys(defaultLimits).join(", ")}`,
          )
            .argParser((text, limits: Limits) => withLimit(limits, text))
            .default(defaultLimits, "see docs/WATCHING.md"),
        )
        .option(
          "--idle <minutes>",
          "end when no run of the folder was at work for so long; else never",
          wholeNumber(1, 100_000),
        )
        .allowExcessArguments(false),
    );
    command.parse([...args], { from: "user" });
    const { out, host, port, token, limit, idle } = command.opts<Options>();
    const given = Deno.env.get("CLUSTERFIT_TOKEN");
    using interrupts = listenForInterrupts();
    const signal = idle === undefined
      ? interrupts.signal
      : whenIdle(out, idle, { clock: systemClock, signal: interrupts.signal });
    const mayBeMissing = command.getOptionValueSource("out") === "default";
    const isMissing = !await isThere(out);
    await serve({
      out,
      mayBeMissing,
      host,
      port,
      token: given === undefined ? undefined : parseToken(given),
      asksToken: token,
      limits: limit,
      signal,
      onListen: (url, login) => console.log(welcome(out, url, login, isMissing)),
      onLogin: (next) => console.log(invitation("A browser has logged in. The next one", next)),
    });
    return 0;
  },
};

function welcome(
  out: string,
  url: string,
  login: Login | undefined,
  isMissing: boolean,
): string {
  const lines = [invitation(`Watching the runs in ${out}`, login ?? { url })];
  if (isMissing) {
    lines.push(
      "There is no such folder yet: it comes with the first run, `deno task clusterfit`. Runs elsewhere are given " +
        "with --out.",
    );
  }
  if (login) {
    lines.push("This address logs one browser in, once; the next one is then shown here.");
    if (login.token !== undefined) {
      lines.push(`Programs send the header "Authorization: Bearer ${login.token}".`);
    }
  }
  return [...lines, "Ctrl-C stops the server."].join("\n");
}

function invitation(what: string, { url, networkUrl }: LoginUrls): string {
  const here = `${what}: ${url}`;
  return networkUrl === undefined ? here : `${here}\nFrom another machine: ${networkUrl}`;
}
