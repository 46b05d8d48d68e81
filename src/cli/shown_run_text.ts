/** One run on the terminal, whatever its state. */
import { canonicalJson, type JsonObject } from "../pipeline/json.ts";
import type { RunAttempt } from "../registry/attempts.ts";
import type { ShownRun, ShownStage } from "../registry/shown_run.ts";
import { formatBytes } from "../report/bytes.ts";
import { formatDuration } from "../report/duration.ts";
import { printable } from "../report/printable.ts";
import { shellCommand } from "../report/shell.ts";
import { textTable } from "../report/text_table.ts";
import { wrap } from "../report/wrap.ts";
import { count } from "../results/count.ts";
import type { Series, Summary } from "../results/summary.ts";
import { formatTime } from "./dates.ts";
import { describe } from "./live_view.ts";
import { onOneLine, plainTable } from "./plain_table.ts";

export interface RunText {
  readonly run: ShownRun;
  /** Of a run that published its results. */
  readonly summary?: Summary | undefined;
  /** As far as networks are trained. */
  readonly curves: readonly Series[];
  /** What to do next: what for, and the words of the command. */
  readonly next: readonly (readonly [what: string, command: readonly string[]])[];
  /** Columns of the terminal. */
  readonly width: number;
}

export function runText({ run, summary, curves, next, width }: RunText): string {
  const blocks = [
    headLines(run, width),
    table(
      "attempts",
      run.attempts.map(attemptRow),
      ["began", "took", "ended", "machine", "with"],
      width,
    ),
    table("stages", run.stages.map((stage) => stageRow(stage, run)), stageHeads, width),
    summary ? textTable(summary).split("\n").map(printable) : curveLines(curves),
    run.notes.map((note) => onOneLine(`note: ${note}`)),
    next.map(([what, command]) => field("Next", `${shellCommand(command)} # ${what}`)[0]!),
  ];
  return blocks.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}

const margin = 10;

/** `State     finished`: wrapped under itself where a width is given; what is to be copied is not. */
function field(name: string, value: string, width?: number): string[] {
  if (value === "") return [];
  const text = onOneLine(value);
  const lines = width === undefined
    ? [text]
    : wrap(text, Math.max(30, Math.min(width, 100) - margin));
  return lines.map((line, at) => (at === 0 ? name : "").padEnd(margin) + line);
}

function headLines(run: ShownRun, width: number): string[] {
  const asked = Object.entries(run.asked as JsonObject)
    .map(([key, value]) => `${key} ${typeof value === "string" ? value : canonicalJson(value!)}`);
  const facts = Object.entries(run.facts).map(([name, value]) => `${name} ${value}`);
  const done = run.stages.filter(({ artifact }) => artifact);
  const bytes = done.reduce((sum, { artifact }) => sum + artifact!.bytes, 0);
  return [
    onOneLine(`${run.name}${run.title === undefined ? "" : `: ${run.title}`}`),
    ...field("State", run.state + (run.message === undefined ? "" : `: ${run.message}`), width),
    ...field("Folder", run.folder),
    ...field("Began", run.createdAt ? formatTime(run.createdAt) : "", width),
    ...field(
      "Worked",
      run.lastEvent ? `${formatDuration(run.seconds)}, last at ${formatTime(run.lastEvent)}` : "",
      width,
    ),
    ...field("What", facts.join(", "), width),
    ...field(
      "Asked",
      asked.length > 0 ? asked.join(", ") : run.title ? "nothing: all defaults" : "",
      width,
    ),
    ...field("Command", shellCommand(run.command)),
    ...field(
      "Artifacts",
      run.stages.length > 0
        ? `${done.length} of ${count(run.stages.length, "stage")}, ${formatBytes(bytes)}`
        : "",
      width,
    ),
  ];
}

/** Nothing where there is no row. */
function table(
  title: string,
  rows: readonly (readonly (string | number)[])[],
  heads: readonly string[],
  width: number,
): string[] {
  if (rows.length === 0) return [];
  return plainTable([title, ...heads], rows, { width, keep: 1 });
}

function attemptRow(attempt: RunAttempt, at: number): (string | number)[] {
  const { began, ended, outcome, hardware, versions } = attempt;
  const seconds = Math.max(0, (Date.parse(ended) - Date.parse(began)) / 1000);
  const named = ["clusterfit", "torch", "faiss"].flatMap((name) =>
    versions[name] === undefined ? [] : [`${name} ${versions[name]}`]
  );
  return [
    ...[at + 1, formatTime(began), formatDuration(seconds), outcome, machine(hardware)],
    named.join(", "),
  ];
}

const stageHeads = ["state", "took", "attempts", "made by", "size"];

function stageRow(stage: ShownStage, run: ShownRun): (string | number)[] {
  const { title, state, seconds, attempts, madeBy, artifact } = stage;
  return [
    title,
    state === "running" || state === "failed" || state === "not-run" ? describe(stage) : state,
    seconds === undefined ? "" : formatDuration(seconds),
    attempts,
    madeBy ? maker(madeBy, run) : "",
    artifact ? formatBytes(artifact.bytes) : "",
  ];
}

/** Which attempt of this run; or which other run, and where. */
function maker(
  { run, began, hardware }: NonNullable<ShownStage["madeBy"]>,
  shown: ShownRun,
): string {
  const at = shown.attempts.findIndex((attempt) => attempt.began === began);
  return at >= 0 ? `attempt ${at + 1}` : `run ${run}, ${machine(hardware)}`;
}

/** A GPU, if it has one, else the CPU; how many of these are used, and the memory. */
function machine({ cpu, gpu, cpus, memory }: RunAttempt["hardware"]): string {
  const parts = [gpu ?? cpu, cpus === undefined ? undefined : `${cpus} CPUs`, memory];
  return parts.filter((part) => part !== undefined).join(", ");
}

/** The last point of each curve of a run that has no results yet. */
function curveLines(curves: readonly Series[]): string[] {
  return curves.flatMap(({ arm, seed, points }) => {
    const last = points.at(-1);
    if (!last) return [];
    const accuracy = last.accuracy === null ? "" : `, accuracy ${last.accuracy.toFixed(1)}%`;
    return [
      onOneLine(
        `${arm}, seed ${seed}: epoch ${last.epoch}, loss ${last.loss.toPrecision(4)}${accuracy}`,
      ),
    ];
  });
}
