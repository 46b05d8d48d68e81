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
const patience = 60_000;
const interval = 200;

export interface ServerOptions extends Omit<Spawned, "name"> {
  /** To be tried first. */
  readonly port: number;
  readonly clock: Clock;
}

/** Says where to watch the run: at a server of this folder that is there, or else at one that is started for it, on
 * another port where that one is taken. */
export async function serveBeside(options: ServerOptions): Promise<void> {
  const { dir, say, port } = options;
  if (await showsRun(port, dir)) return say(`Watch it at ${pageOf(port, dir)}`);
  const free = freePort(port);
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

/** That port, or any where it is taken. */
function freePort(port: number): number {
  for (const tried of [port, 0]) {
    try {
      using listener = Deno.listen({ hostname: "127.0.0.1", port: tried });
      return listener.addr.port;
    } catch {
      // taken
    }
  }
  return port; // the server says what is wrong
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
