/** `--serve`: a server of the folder of runs, beside a run. */
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { parseRecord } from "../../pipeline/record.ts";
import { runPaths } from "../../pipeline/store.ts";
import type { Clock } from "../../registry/clock.ts";
import { companionsFolder } from "../../registry/companions.ts";
import { spawnCompanion, type Spawned } from "./spawn.ts";

/** Minutes without a run at work, after which it ends. */
const idleMinutes = 60;

/** Milliseconds in which it has to answer, and between two looks whether it does. */
const patience = 20_000;
const interval = 200;

export interface ServerOptions extends Omit<Spawned, "name"> {
  /** To be tried first. */
  readonly port: number;
  readonly clock: Clock;
}

/** Says where to watch the run: at a server of this folder that is there, or else at one that is started for it, on
 * another port where that one is taken. */
export async function serveBeside(options: ServerOptions): Promise<void> {
  const { dir, say } = options;
  const { there, free } = await findPort(options);
  if (there !== undefined) return say(`Watch it at ${pageOf(there, dir)}`);
  const args = ["serve", "--out", dirname(dir), "--port", `${free}`, "--idle", `${idleMinutes}`];
  const ended = spawnCompanion(args, { ...options, name: "serve" });
  if (!await answers(free, options.clock, ended)) return;
  const login = Deno.env.has("CLUSTERFIT_TOKEN")
    ? `; how to log in is in ${join(dir, companionsFolder, "serve.log")}`
    : "";
  say(
    `Watch it at ${
      pageOf(free, dir)
    }, until ${idleMinutes} minutes after the last run has ended${login}`,
  );
}

const addressOf = (port: number) => `http://127.0.0.1:${port}`;

function pageOf(port: number, dir: string): string {
  return `${addressOf(port)}/runs/${encodeURIComponent(basename(dir))}`;
}

/** Ports that are tried: the next run finds a server there that did not get the first. */
const tried = 10;

/** The port at which a server of ours shows the run; else one that is free, the one asked for or the first behind it
 * where there is one. */
async function findPort(
  { port, dir }: ServerOptions,
): Promise<{ readonly there?: number; readonly free: number }> {
  let free: number | undefined;
  for (let next = port; next > 0 && next < port + tried && next <= 65_535; next++) {
    const own = ownPort(next);
    if (own === undefined && await showsRun(next, dir)) return { there: next, free: next };
    free ??= own;
  }
  return { free: free ?? ownPort(0) ?? port };
}

/** That port, for 0 any; undefined where it cannot be had. */
function ownPort(port: number): number | undefined {
  try {
    using listener = Deno.listen({ hostname: "127.0.0.1", port });
    return listener.addr.port;
  } catch {
    return undefined;
  }
}

const runSchema = z.object({ createdAt: z.string() });

/** Whether a server of ours is there and shows this very run. */
async function showsRun(port: number, dir: string): Promise<boolean> {
  try {
    const address = `${addressOf(port)}/api/runs/${encodeURIComponent(basename(dir))}`;
    const response = await fetch(address, {
      ...{ redirect: "manual", signal: AbortSignal.timeout(3000) },
    });
    const { createdAt } = runSchema.parse(await response.json());
    return createdAt === parseRecord(await Deno.readTextFile(runPaths(dir).record)).createdAt;
  } catch {
    return false;
  }
}

/** Whether anything listens there, in time and before `ended` is aborted. */
async function answers(port: number, clock: Clock, ended: AbortSignal): Promise<boolean> {
  for (const until = clock.now() + patience; clock.now() < until && !ended.aborted;) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return true;
    } catch {
      await clock.sleep(interval, ended).catch(() => {});
    }
  }
  return false;
}
