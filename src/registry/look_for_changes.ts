/** Which runs are not what the index says of them. */
import { join } from "node:path";
import { isLocked } from "../pipeline/lock.ts";
import { turn } from "../pipeline/log_follower.ts";
import type { Index } from "./index.ts";
import type { ListedState } from "./run_row.ts";
import { filesOf } from "./run_versions.ts";

/** Runs whose files are looked at before the event loop has its turn. */
const slice = 250;

/** What the index knows of a run. */
interface Known {
  readonly name: string;
  readonly state: ListedState;
  readonly files: string;
  readonly details: string | null;
}

export interface Changes {
  /** Names of folders to be read. */
  readonly changed: readonly string[];
  /** Names of runs whose folder is gone. */
  readonly gone: readonly string[];
  /** Of `empty`, what is still so. */
  readonly empty: Map<string, string>;
}

/** `names`: of the folders below `out`; `empty`: those that held no run, with what their files were then. Throws an IndexFault. */
export async function lookForChanges(
  out: string,
  names: readonly string[],
  { index, empty }: { readonly index: Index; readonly empty: ReadonlyMap<string, string> },
  details: boolean,
): Promise<Changes> {
  const known = new Map(knownTo(index).map((run) => [run.name, run]));
  const changed: string[] = [];
  const stillEmpty = new Map<string, string>();
  for (const [at, name] of names.entries()) {
    if (at % slice === slice - 1) await turn();
    const run = known.get(name);
    known.delete(name);
    const files = filesOf(out, name, run?.state);
    if (run ? hasChanged(run, files, join(out, name), details) : empty.get(name) !== files) {
      changed.push(name);
    } else if (!run) stillEmpty.set(name, files);
  }
  return { changed, gone: [...known.keys()], empty: stillEmpty };
}

function knownTo(index: Index): readonly Known[] {
  return index.read((db) =>
    db.prepare("SELECT name, state, files, details FROM runs").all() as unknown as readonly Known[]
  );
}

/** Of a run that its log does not end, the lock tells whether it is still at work. */
function hasChanged(
  { state, files, details }: Known,
  found: string,
  dir: string,
  detailed: boolean,
): boolean {
  if (files !== found || (detailed && details !== found)) return true;
  const atWork = state === "running" || state === "waiting";
  if (!atWork && state !== "interrupted") return false;
  return (atWork && detailed) || isLocked(dir) !== atWork;
}
