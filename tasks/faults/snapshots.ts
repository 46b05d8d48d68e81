/** Run folders as they are where the process dies: copies made while a run goes on. */
import { copyFileSync, linkSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { folderOf, type SmallRun } from "./small_run.ts";

export interface Snapshot {
  /** When the process died: "seed-3.npre, epoch 3". */
  readonly when: string;
  readonly dir: string;
  /** Nodes whose artifacts are there. */
  readonly done: ReadonlySet<string>;
}

export interface Snapshots {
  /** The run that nothing disturbed. */
  readonly reference: string;
  readonly snapshots: readonly Snapshot[];
}

/** These are written in place; every other file is written anew and takes its place, so that a copy may
 * share it by a hard link. */
const writtenInPlace = new Set(["events.jsonl", "lock"]);

/** Copies a run folder at once, while nothing else has its turn. */
export function copyRun(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyRun(source, target);
    else if (writtenInPlace.has(entry.name)) copyFileSync(source, target);
    else linkSync(source, target);
  }
}

/** Runs once below `root`, undisturbed, and copies the folder wherever a stage begins, has two epochs behind
 * it or ends; sealed artifacts that were not moved to their place are made from those that were. */
export async function takeSnapshots(run: SmallRun, root: string): Promise<Snapshots> {
  const out = join(root, "reference");
  const snapshots: Snapshot[] = [];
  const done = new Set<string>();
  const epochs = new Set<string>();
  const take = (when: string): string => {
    const dir = join(root, "snapshots", String(snapshots.length));
    copyRun(folderOf(out), dir);
    snapshots.push({ when, dir, done: new Set(done) });
    return dir;
  };
  const onEvent = (event: RunEvent) => {
    if (event.type === "started") take(`${event.node} began`);
    if (event.type === "finished") {
      done.add(event.node);
      take(`${event.node} ended`);
      sealed(event.node);
    }
    if (event.type === "progress" && (event.metrics?.["epoch"] ?? 0) >= 3) {
      if (!epochs.has(event.node)) take(`${event.node}, epoch 3`);
      epochs.add(event.node);
    }
  };
  /** The artifact of `node` is sealed, and not moved to its place yet. */
  const sealed = (node: string) => {
    const dir = take(`${node} sealed`);
    mkdirSync(join(dir, "partial"), { recursive: true });
    Deno.renameSync(join(dir, "artifacts", node), join(dir, "partial", node));
    snapshots.push({ ...snapshots.pop()!, done: new Set([...done].filter((one) => one !== node)) });
  };
  const { dir } = await run.execute(out, onEvent);
  take("the run ended");
  return { reference: dir, snapshots };
}
