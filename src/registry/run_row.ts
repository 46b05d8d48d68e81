/** What a list shows of a run, and its row in the index. */
import type { DatabaseSync } from "node:sqlite";
import type { Json } from "../pipeline/json.ts";
import type { RunRecord } from "../pipeline/record.ts";
import { type RunState, stagesDone } from "../pipeline/status.ts";
import { studySchema } from "../results/study.ts";
import type { Listed } from "./followed_run.ts";
import { runFacts } from "./run_facts.ts";
import { settingLines } from "./settings.ts";
import { thinned } from "./thinned.ts";

/** Points of a curve that a list draws. */
const curvePoints = 32;

export type ListedState = RunState | "damaged";

export const listedStates: readonly ListedState[] = [
  ...["running", "waiting", "finished", "stopped", "failed", "interrupted", "damaged"] as const,
];

/** What a list shows of a run. Null is what cannot be read of a damaged one. */
export interface RunRow {
  /** Of its folder: what its address is made of. */
  readonly name: string;
  readonly id: string | null;
  readonly title: string | null;
  readonly experiment: string | null;
  /** Empty where the experiment has one scale only. */
  readonly scale: string | null;
  /** What its pictures are: `data` of its config. */
  readonly data: string | null;
  readonly state: ListedState;
  /** Why it failed, or what is damaged. */
  readonly message: string | null;
  /** ISO 8601, UTC; the one after it too. */
  readonly createdAt: string | null;
  readonly lastEvent: string | null;
  /** That processes were at work on it, up to the last event. */
  readonly seconds: number;
  readonly stagesDone: number;
  readonly stagesTotal: number;
  /** The command that began it. */
  readonly command: readonly string[];
  /** Names and values that tell it from others of its title, as `["K", "20"]`. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** At most 32 numbers: the loss of the training whose log grew last. */
  readonly curve: readonly number[];
  /** What could not be read and is left out. */
  readonly notes: readonly string[];
}

const named = studySchema.pick({ experiment: true, scale: true });

export function rowOf({ name, state, message, record, status, notes, curve }: Listed): RunRow {
  const { experiment = null, scale = null } = named.safeParse(record?.study).data ?? {};
  return {
    name,
    ...{ id: record?.id ?? null, title: record?.title ?? null, experiment, scale },
    data: dataOf(record?.config),
    ...{ state, message: message ?? null },
    createdAt: record ? new Date(record.createdAt).toISOString() : null,
    lastEvent: status?.lastEvent ?? null,
    seconds: status?.seconds ?? 0,
    stagesDone: status ? stagesDone(status) : 0,
    stagesTotal: record?.nodes.length ?? 0,
    command: record?.command ?? [],
    facts: runFacts(record),
    curve: thinned(curve, curvePoints),
    notes,
  };
}

function dataOf(config: Json | undefined): string | null {
  const { data } = (config ?? {}) as { data?: Json };
  return data === undefined || typeof data === "string" ? data ?? null : JSON.stringify(data);
}

/** Writes a run's row over the one that is there; returns its number. `files`: what its files were when they were read. */
export function writeRow(
  db: DatabaseSync,
  row: RunRow,
  { record, files }: { readonly record: RunRecord | undefined; readonly files: string },
): number {
  const { name, id, title, experiment, scale, data, state, message, createdAt, lastEvent } = row;
  const { seconds, stagesDone, stagesTotal, command, facts, curve, notes } = row;
  const words = [name, id, title, experiment, scale, data, message, ...facts.flat(), ...command];
  const values = {
    ...{ name, id, title, experiment, scale, data, state, message },
    ...{ created_at: createdAt, last_event: lastEvent, seconds },
    ...{ stages_done: stagesDone, stages_total: stagesTotal },
    command: JSON.stringify(command),
    facts: JSON.stringify(facts),
    curve: JSON.stringify(curve),
    notes: JSON.stringify(notes),
    search: words.filter((word) => word !== null).join("\n").toLowerCase(),
    settings: record ? settingLines([record.asked, record.config, record.resolved]) : "",
    files,
  };
  const columns = Object.keys(values);
  const written = db.prepare(
    `INSERT INTO runs (${columns}) VALUES (${columns.map((column) => `:${column}`)}) ` +
      `ON CONFLICT (name) DO UPDATE SET ${columns.map((column) => `${column} = :${column}`)} ` +
      "RETURNING run",
  ).get(values);
  return written!["run"] as number;
}

export function hasRow(db: DatabaseSync, name: string): boolean {
  return db.prepare("SELECT 1 FROM runs WHERE name = ?").get(name) !== undefined;
}

export function deleteRow(db: DatabaseSync, name: string): void {
  db.prepare("DELETE FROM runs WHERE name = ?").run(name);
}

/** The columns that `readRow` reads. */
export const rowColumns = "name, id, title, experiment, scale, data, state, message, created_at, " +
  "last_event, seconds, stages_done, stages_total, command, facts, curve, notes";

export function readRow(found: Readonly<Record<string, unknown>>): RunRow {
  const {
    created_at,
    last_event,
    stages_done,
    stages_total,
    command,
    facts,
    curve,
    notes,
    ...same
  } = found;
  return {
    ...same,
    ...{ createdAt: created_at, lastEvent: last_event },
    ...{ stagesDone: stages_done, stagesTotal: stages_total },
    command: JSON.parse(command as string),
    facts: JSON.parse(facts as string),
    curve: JSON.parse(curve as string),
    notes: JSON.parse(notes as string),
  } as unknown as RunRow;
}
