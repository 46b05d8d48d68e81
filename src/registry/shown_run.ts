/** One run, as `show` tells of it: whatever its state. */
import type { Origin } from "../pipeline/events.ts";
import { stageOrigins } from "../pipeline/origins.ts";
import type { NodeStatus } from "../pipeline/status.ts";
import type { Measurement } from "../results/measurement.ts";
import { attemptsOf, type RunAttempt } from "./attempts.ts";
import type { Snapshot } from "./followed_run.ts";
import { listArtifacts } from "./run_artifacts.ts";
import { runFacts } from "./run_facts.ts";
import type { RunFiles } from "./run_files.ts";

export interface ShownStage extends NodeStatus {
  /** How often it was begun in this run; 0 where it was linked, or has yet to begin. */
  readonly attempts: number;
  /** Who made its artifact, where that is known: this run, or another one. */
  readonly madeBy?: Pick<Origin, "run" | "began" | "hardware">;
  /** What its artifact holds; absent where there is none, or it cannot be read. */
  readonly artifact?: { readonly files: number; readonly bytes: number };
}

export interface ShownRun extends Pick<Snapshot, "name" | "state" | "message"> {
  readonly folder: string;
  readonly title?: string;
  /** ISO times. */
  readonly createdAt?: string;
  readonly lastEvent?: string;
  /** That processes were at work on it. */
  readonly seconds: number;
  /** What was asked for, without defaults. */
  readonly asked: Readonly<Record<string, unknown>>;
  /** What tells it from other runs: names and values. */
  readonly facts: Readonly<Record<string, string>>;
  /** The command that began it, and goes on with it. */
  readonly command: readonly string[];
  readonly attempts: readonly RunAttempt[];
  readonly stages: readonly ShownStage[];
  /** Of a run that published its results. */
  readonly measurements: readonly Measurement[];
  /** What could not be read. */
  readonly notes: readonly string[];
}

export async function shownRun(files: RunFiles, snapshot: Snapshot): Promise<ShownRun> {
  const { name, state, message, record, status, events, lastEvents, summary } = snapshot;
  const { artifacts, notes } = record
    ? await listArtifacts(files, name, record)
    : { artifacts: [], notes: [] };
  const sizes = new Map(artifacts.map(({ node, manifest }) => {
    const bytes = Object.values(manifest.files).map((file) => file.bytes);
    return [node, { files: bytes.length, bytes: bytes.reduce((sum, one) => sum + one, 0) }];
  }));
  const origins = stageOrigins(events);
  const begun = Map.groupBy(
    events.flatMap((event) => event.type === "started" ? [event.node] : []),
    (node) => node,
  );
  return {
    ...{ name, state, ...(message !== undefined && { message }), folder: files.path(name) },
    ...(record && { title: record.title, createdAt: record.createdAt }),
    ...(status?.lastEvent && { lastEvent: status.lastEvent }),
    seconds: status?.seconds ?? 0,
    asked: record?.asked ?? {},
    facts: Object.fromEntries(runFacts(record)),
    command: record?.command ?? [],
    attempts: attemptsOf(events, { underWay: state === "running", lastEvents }),
    stages: (status?.nodes ?? []).map((node) => {
      const [madeBy, artifact] = [origins.get(node.id), sizes.get(node.id)];
      return {
        ...node,
        attempts: begun.get(node.id)?.length ?? 0,
        ...(madeBy && artifact && {
          madeBy: { run: madeBy.run, began: madeBy.began, hardware: madeBy.hardware },
        }),
        ...(artifact && { artifact }),
      };
    }),
    measurements: summary?.measurements ?? [],
    notes: [...snapshot.notes, ...notes],
  };
}
