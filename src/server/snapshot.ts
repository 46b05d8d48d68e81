/** Everything the pages and the JSON show of one run, read anew only when its event log has grown. */
import { basename, join } from "node:path";
import { curvePointSchema, networks, readSummary, type Summary } from "../clusterfit/summary.ts";
import type { RunRecord } from "../pipeline/record.ts";
import { folderNames, openRun, type RunFolder, runPaths } from "../pipeline/store.ts";
import { curvesOf } from "../report/charts/curves.ts";
import { type RunStatus, runStatus } from "../pipeline/status.ts";

export interface Snapshot {
  /** Name of the run's folder: what its address is made of. */
  readonly name: string;
  readonly record: RunRecord;
  readonly status: RunStatus;
  /** As far as the networks are trained. */
  readonly curves: Summary["curves"];
  readonly summary?: Summary;
}

/** Reads the runs under one folder. */
export class Snapshots {
  readonly #out: string;
  readonly #kept = new Map<string, { version: string; snapshot: Promise<Snapshot> }>();

  constructor(out: string) {
    this.#out = out;
  }

  /** Every readable run, newest first. */
  async all(): Promise<Snapshot[]> {
    const found = await Promise.all(
      (await folderNames(this.#out)).map((name) => this.find(name).catch(() => undefined)),
    );
    return found.filter((one) => one !== undefined)
      .sort((a, b) => b.record.createdAt.localeCompare(a.record.createdAt));
  }

  /** The run in the folder of that very name, if there is one; no path is made from any other name.
   * Rejects where a file of the run is damaged. */
  async find(name: string): Promise<Snapshot | undefined> {
    const dir = await this.folder(name);
    const run = dir && await openRun(dir).catch(() => undefined);
    if (!run) return undefined;
    const version = await fileVersion(runPaths(run.dir).events);
    const kept = this.#kept.get(name);
    if (kept?.version === version) return kept.snapshot;
    const snapshot = read(run);
    this.#kept.set(name, { version, snapshot });
    snapshot.catch(() => this.#kept.delete(name));
    return snapshot;
  }

  async folder(name: string): Promise<string | undefined> {
    return (await folderNames(this.#out)).includes(name) ? join(this.#out, name) : undefined;
  }
}

/** Every change in a run folder is followed by an event, so the log's size and time tell of all. */
async function fileVersion(path: string): Promise<string> {
  const stat = await Deno.stat(path).catch(() => undefined);
  return stat ? `${stat.size} ${stat.mtime?.getTime()}` : "none";
}

async function read(run: RunFolder): Promise<Snapshot> {
  const summary = await readSummary(run).catch(() => undefined);
  return {
    name: basename(run.dir),
    record: run.record,
    status: runStatus(run.record, await run.events()),
    curves: summary?.curves ?? await readCurves(run),
    ...(summary && { summary }),
  };
}

/** The training logs of the nodes named `seed-<s>.<network>`, finished or under way. */
async function readCurves(run: RunFolder): Promise<Summary["curves"]> {
  const logs = networks.flatMap((network) =>
    run.record.nodes.filter(({ id }) => id.endsWith(`.${network}`)).map(async ({ id }) => ({
      network,
      points: [...await run.log(id, "log.jsonl", (value) => curvePointSchema.parse(value))],
    }))
  );
  return curvesOf(await Promise.all(logs));
}
