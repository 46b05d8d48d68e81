/** A small run in a process of its own, with faults. Its argument is an `Order` in JSON; it says which fault it
 * meets, and at the end which calls it made, a line of JSON each. */
import { existsSync } from "node:fs";
import { python } from "../../src/python/mod.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { runTask } from "../lib/run_task.ts";
import { smallRun } from "../lib/small_run.ts";
import { Calls } from "./calls.ts";
import type { Fault, Place } from "./faults.ts";
import { watchDeno } from "./watch_deno.ts";
import { watchPython } from "./watch_python.ts";

export interface Order {
  /** The folder of runs. */
  readonly out: string;
  /** Name of the run's folder. */
  readonly id?: string;
  /** Those that may be met; the first one is the only one. */
  readonly faults: readonly Fault[];
  /** The fault strikes once `goFile` is there; `metFile` tells that it is waited for. */
  readonly holds?: boolean;
}

export const metFile = (out: string) => `${out}.met`;
export const goFile = (out: string) => `${out}.go`;

export type Said = { readonly met: Fault } | { readonly made: readonly Place[] };

/** At once: behind it the process may be killed. */
function say(said: Said): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(said)}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

/** Nothing else goes on in this process meanwhile. */
function hold(out: string): void {
  Deno.writeTextFileSync(metFile(out), "");
  const moment = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(goFile(out))) Atomics.wait(moment, 0, 0, 20);
}

async function child(): Promise<number> {
  const { out, id, faults, holds = false }: Order = JSON.parse(Deno.args[0]!);
  const run = await smallRun(await startEngine());
  const calls = new Calls(out, faults, (met) => {
    say({ met });
    if (holds) hold(out);
  });
  watchDeno(calls);
  await watchPython(calls);
  await run.execute(out, (event) => calls.onEvent(event), id);
  say({ made: calls.made });
  await python.shutdown();
  return 0;
}

if (import.meta.main) await runTask(child);
