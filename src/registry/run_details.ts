/** What the index keeps of a run beside its row: written as a whole, over what is there. */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Json } from "../pipeline/json.ts";
import type { Series } from "../results/summary.ts";
import type { Snapshot } from "./followed_run.ts";
import type { RunArtifact } from "./run_artifacts.ts";
import { flat } from "./settings.ts";
import { thinned } from "./thinned.ts";

/** Points that are kept of a curve. */
const curvePoints = 256;

type Rows = Iterable<readonly SQLInputValue[]>;

/** `run`: number of its row; `files`: what the row says of its files. */
export function writeDetails(
  db: DatabaseSync,
  { run, files }: { readonly run: number; readonly files: string },
  snapshot: Snapshot,
  artifacts: readonly RunArtifact[],
): void {
  const parts: readonly (readonly [table: string, rows: Rows])[] = [
    ["config", configRows(snapshot)],
    ["seeds", (snapshot.study?.seeds ?? []).map((seed) => [seed])],
    ["stages", stageRows(snapshot)],
    ["attempts", attemptRows(snapshot)],
    ["events", eventRows(snapshot)],
    ["measurements", measurementRows(snapshot)],
    ["curves", curveRows(snapshot.curves)],
    ["artifacts", artifactRows(artifacts)],
  ];
  for (const [table, rows] of parts) {
    db.prepare(`DELETE FROM ${table} WHERE run = ?`).run(run);
    insert(db, table, run, rows);
  }
  db.prepare("UPDATE runs SET details = ? WHERE run = ?").run(files, run);
}

/** Two rows of one key are one: where a file says something twice, the later counts. */
function insert(db: DatabaseSync, table: string, run: number, rows: Rows): void {
  let statement;
  for (const row of rows) {
    statement ??= db.prepare(
      `INSERT OR REPLACE INTO ${table} VALUES (?${", ?".repeat(row.length)})`,
    );
    statement.run(run, ...row);
  }
}

function* configRows({ record }: Snapshot): Rows {
  if (!record) return;
  const asked = new Set(flat(record.asked).map(([key]) => key));
  for (const [key, value] of flat(record.config)) {
    yield [key, plain(value), Number(asked.has(key))];
  }
}

/** Lists as JSON, true and false as 1 and 0. */
function plain(value: Json): string | number | null {
  if (typeof value === "boolean") return Number(value);
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

function* stageRows({ status }: Snapshot): Rows {
  for (const { id, stage, title, state, seconds, message } of status?.nodes ?? []) {
    yield [id, stage, title, state, seconds ?? null, message ?? null];
  }
}

function* attemptRows({ attempts }: Snapshot): Rows {
  for (const [at, { began, command, versions, hardware }] of attempts.entries()) {
    yield [at + 1, began, ...[command, versions, hardware].map((value) => JSON.stringify(value))];
  }
}

function* eventRows({ events }: Snapshot): Rows {
  for (const [at, event] of events.entries()) {
    const node = "node" in event ? event.node : null;
    const message = "message" in event ? event.message : null;
    yield [at + 1, event.t, event.type, node, message];
  }
}

function* measurementRows({ summary }: Snapshot): Rows {
  for (const [at, one] of (summary?.measurements ?? []).entries()) {
    const { arm, seed, target, part, layer, budget, probe, metric, value, baseline } = one;
    const { converged, evaluations, reference, best } = one;
    yield [
      ...[at + 1, arm, JSON.stringify(one.at), seed, target, part, layer, budget, probe, metric],
      ...[value, baseline, converged === null ? null : Number(converged), evaluations],
      ...[reference ?? null, Number(best ?? false)],
    ];
  }
}

function* curveRows(curves: readonly Series[]): Rows {
  for (const { arm, at, seed, points } of curves) {
    for (const { epoch, loss, accuracy, learningRate } of thinned(points, curvePoints)) {
      yield [arm, JSON.stringify(at), seed, epoch, loss, accuracy, learningRate];
    }
  }
}

function* artifactRows(artifacts: readonly RunArtifact[]): Rows {
  for (const { node, manifest: { kind, key, files } } of artifacts) {
    for (const [file, { bytes, sha256 }] of Object.entries(files)) {
      yield [node, file, kind, key, bytes, sha256];
    }
  }
}
