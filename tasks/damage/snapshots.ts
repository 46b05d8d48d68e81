/** Folders of runs as they are where the process dies: copies made while a run goes on. */
import { copyFileSync, linkSync, mkdirSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { objectPaths, runPaths } from "../../src/pipeline/store.ts";
import { folderOf, type SmallRun } from "../lib/small_run.ts";

export interface Snapshot {
  /** When the process died: "seed-3.npre, epoch 3". */
  readonly when: string;
  /** Its folder of runs. */
  readonly out: string;
  /** Nodes whose artifacts are there: in the run, or whole with the objects. */
  readonly done: ReadonlySet<string>;
  /** The one of them that is there only once, in this folder below `out`. */
  readonly once?: { readonly node: string; readonly dir: string };
}

export interface Snapshots {
  /** The folder of the run that nothing disturbed. */
  readonly reference: string;
  /** The folder of runs that it is in. */
  readonly out: string;
  readonly snapshots: readonly Snapshot[];
}

/** These are written in place; every other file is written anew and takes its place, so that a copy may
 * share it by a hard link. */
const writtenInPlace = /^events\.jsonl$|^lock$|\.lock$/;

/** Copies a folder of runs at once, while nothing else has its turn. */
export function copyRuns(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyRuns(source, target);
    else if (writtenInPlace.test(entry.name)) copyFileSync(source, target);
    else linkSync(source, target);
  }
}

/** Runs once below `root`, undisturbed, and copies the folder wherever a stage begins, has two epochs behind
 * it or ends. What a stage leaves between its end and its place in the run is made from what is there then:
 * a sealed folder that was not moved to the objects, and an object that was not linked. */
export async function takeSnapshots(run: SmallRun, root: string): Promise<Snapshots> {
  const out = join(root, "reference");
  const snapshots: Snapshot[] = [];
  const done = new Set<string>();
  const epochs = new Set<string>();
  const keys = new Map<string, string>();
  const take = (when: string): string => {
    const copy = join(root, "snapshots", String(snapshots.length));
    copyRuns(out, copy);
    snapshots.push({ when, out: copy, done: new Set(done) });
    return copy;
  };
  const onEvent = (event: RunEvent) => {
    if (event.type === "started") {
      take(`${event.node} began`);
      keys.set(event.node, event.key);
    }
    if (event.type === "finished") {
      done.add(event.node);
      take(`${event.node} ended`);
      sealed(event.node);
      unlinked(event.node);
    }
    if (event.type === "progress" && (event.metrics?.["epoch"] ?? 0) >= 3) {
      if (!epochs.has(event.node)) take(`${event.node}, epoch 3`);
      epochs.add(event.node);
    }
  };
  /** The artifact of `node` is an object, and not linked into the run yet. */
  const unlinked = (node: string) => {
    const copy = take(`${node} is an object`);
    Deno.removeSync(runPaths(folderOf(copy)).artifact(node), { recursive: true });
    const dir = relative(copy, objectPaths(copy).object(keys.get(node)!));
    snapshots.push({ ...snapshots.pop()!, once: { node, dir } });
  };
  /** The artifact of `node` is sealed, and not moved to the objects yet. */
  const sealed = (node: string) => {
    unlinked(node);
    const { out, done, once } = snapshots.pop()!;
    const [from, to] = [join(out, once!.dir), objectPaths(out).partial(keys.get(node)!)];
    Deno.renameSync(from, to);
    snapshots.push({ when: `${node} sealed`, out, done, once: { node, dir: relative(out, to) } });
  };
  const { dir } = await run.execute(out, onEvent);
  take("the run ended");
  return { reference: dir, out, snapshots };
}
