/** Follows a run from outside, and tells what happens to it. */
import { basename, dirname } from "node:path";
import { isUnderWay } from "../pipeline/status.ts";
import { FollowedRun, type Glance } from "../registry/followed_run.ts";
import { RunFiles } from "../registry/run_files.ts";
import type { Clock } from "../registry/clock.ts";
import { deliver } from "./deliver.ts";
import { type Found, found, mayStandStill } from "./found.ts";
import { Memory } from "./memory.ts";
import type { Way } from "./ways/way.ts";

export interface FollowOptions {
  /** Folder of the run. */
  readonly dir: string;
  readonly way: Way;
  /** Without an event, before it is told that the run stands still. */
  readonly stillMinutes: number;
  readonly clock: Clock;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Takes a line for each thing that was told, or could not be. */
  readonly say: (line: string) => void;
}

/** Between two looks at the run. */
const interval = 2000;

/** Tells what there is to tell until the run has ended. Returns how many things could not be told; rejects where
 * `signal` is aborted. */
export async function followAndTell(options: FollowOptions): Promise<number> {
  const { dir, way, clock, signal, say } = options;
  using memory = await Memory.open(dir, way.name);
  if (!memory) {
    say("Another process tells of this run by the same way");
    return 0;
  }
  const run = new FollowedRun(new RunFiles(dirname(dir)), basename(dir));
  const silence = new Silence(clock);
  const givenUp = new Set<string>();
  for (;;) {
    const glance = await run.glance();
    if (!glance) return givenUp.size; // its folder was removed, and nobody waits for it
    const all = await findAll(glance, run, silence.minutes(glance), options);
    await memory.keep(all.map(({ key }) => key));
    const untold = all.filter(({ key }) => !memory.has(key) && !givenUp.has(key));
    for (const { key, news } of untold) {
      const why = await deliver(() => way.tell(news), { clock, signal });
      if (why === undefined) await memory.add(key);
      else givenUp.add(key);
      say(why === undefined ? `Told: ${news.event}` : `Could not tell (${news.event}): ${why}`);
    }
    // What took its time may have seen the run go on.
    if (untold.length === 0 && !isAtWork(glance)) return givenUp.size;
    if (untold.length === 0) await clock.sleep(interval, signal);
  }
}

function isAtWork({ state }: Glance): boolean {
  return state !== "damaged" && isUnderWay({ state });
}

async function findAll(
  glance: Glance,
  run: FollowedRun,
  silent: number,
  { stillMinutes }: FollowOptions,
): Promise<Found[]> {
  const summary = glance.state === "finished" ? (await run.snapshot())?.summary : undefined;
  return found(glance, {
    ...(summary && { summary }),
    ...(silent >= stillMinutes && { stillMinutes: Math.floor(silent) }),
  });
}

/** For how long no event came, by a clock that nobody sets. */
class Silence {
  readonly #clock: Clock;
  #last: string | undefined;
  #since: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#since = clock.now();
  }

  minutes({ status }: Glance): number {
    const now = this.#clock.now();
    if (!status || status.lastEvent !== this.#last || !mayStandStill(status)) {
      this.#last = status?.lastEvent;
      this.#since = now;
    }
    return (now - this.#since) / 60_000;
  }
}
