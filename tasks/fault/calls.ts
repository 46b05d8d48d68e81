/** Calls that change files below a folder: each is told, counted, and met by its fault where one is due. */
import { basename, dirname, relative } from "node:path";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { type Effect, type Fault, type Place, placeName } from "./faults.ts";

export class Calls {
  readonly #root: string;
  readonly #onFault: (fault: Fault) => void;
  readonly #made: Place[] = [];
  readonly #counts = new Map<string, number>();
  #faults: readonly Fault[];
  #stage = "begin";

  /** The first of `faults` that is met is the only one; `onFault` is told of it. */
  constructor(root: string, faults: readonly Fault[], onFault: (fault: Fault) => void) {
    this.#root = root;
    this.#faults = faults;
    this.#onFault = onFault;
  }

  /** The calls so far, in their order. */
  get made(): readonly Place[] {
    return this.#made;
  }

  /** Follows the run from stage to stage. */
  onEvent(event: RunEvent): void {
    if ("node" in event) this.#stage = event.node;
  }

  /** To be asked just before a call; the fault that it meets, if any. */
  meet(operation: string, path: string): Fault | undefined {
    const file = relative(this.#root, path);
    if (file.startsWith("..")) return undefined;
    const place = { stage: this.#stage, call: `${operation}:${fileKind(file)}` };
    this.#made.push(place);
    const name = placeName(place);
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const fault = this.#faults.find((one) => placeName(one) === name && one.nth === count);
    if (fault === undefined) return undefined;
    this.#faults = [];
    this.#onFault(fault);
    return fault;
  }
}

/** A path below the folder of runs, without the names that differ from stage to stage and from run to run. */
export function fileKind(file: string): string {
  const folder = basename(dirname(file));
  if (folder === "artifacts" || folder === "linking") return `${folder}/<node>`;
  return basename(file)
    .replace(/\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/, "")
    .replace(/^\.(.*)\.\d+\.tmp$/, "$1")
    .replace(/^[0-9a-f]{64}/, "<key>")
    .replace(/\d+/g, "N");
}

/** Ends the process at once. */
export function kill(): never {
  Deno.kill(Deno.pid, "SIGKILL");
  for (;;); // the signal is on its way
}

const reasons = {
  ENOSPC: "No space left on device (os error 28)",
  EIO: "Input/output error (os error 5)",
};

/** Kills the process, or throws the error that Deno makes of the system's. `what`: the call, in its words. */
export function strike(effect: Effect, what?: string): never {
  if (effect === "kill") kill();
  const message = what === undefined ? reasons[effect] : `${reasons[effect]}: ${what}`;
  throw Object.assign(new Error(message), { code: effect });
}
