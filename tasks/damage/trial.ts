/** One fault: a stopped or finished run is damaged and goes on; what has to hold is checked. */
import { readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { UserError } from "../../src/pipeline/errors.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { folderNames, runPaths } from "../../src/pipeline/store.ts";
import {
  applyFault,
  type Damage,
  damages,
  drawFault,
  drawFrom,
  type Fault,
  kindsIn,
} from "./damage.ts";
import { differences } from "../lib/differences.ts";
import { folderOf, type SmallRun } from "../lib/small_run.ts";
import { copyRuns, type Snapshot, type Snapshots } from "./snapshots.ts";

export interface Trial {
  readonly seed: number;
  readonly when: string;
  readonly damage: Damage;
  readonly file: string;
  readonly ending: "as undisturbed" | "refused";
  /** The line that names the damage. */
  readonly line: string;
  /** What did not hold; empty where all did. */
  readonly problems: readonly string[];
}

/** Tries the fault number `seed` in a folder `out` of its own. */
export async function tryFault(
  run: SmallRun,
  { reference, out: undisturbed, snapshots }: Snapshots,
  { seed, out }: { readonly seed: number; readonly out: string },
): Promise<Trial> {
  const draw = drawFrom(seed);
  const everyKind = [...new Set(snapshots.flatMap(({ out }) => [...kindsIn(out).keys()]))].sort();
  const kind = everyKind[seed % everyKind.length]!;
  const having = snapshots.filter((one) => kindsIn(one.out).has(kind));
  const snapshot = having[draw(having.length, "snapshot")]!;
  const damage = damages[(seed + Math.floor(seed / everyKind.length)) % damages.length]!;
  copyRuns(snapshot.out, out);
  const fault = drawFault(out, { kind, damage, others: [undisturbed] }, draw);
  applyFault(out, fault);
  const about = { seed, when: snapshot.when, damage, file: fault.file };
  const isNone = await isAsKilled(out, fault);

  const events: RunEvent[] = [];
  try {
    const finished = await run.execute(out, (event) => void events.push(event));
    const lines = linesAbout(events);
    return {
      ...about,
      ending: "as undisturbed",
      line: lines.join("\n"),
      problems: [
        ...await differences(reference, finished),
        ...(isNone ? linesOfNone(lines) : problemsOfLines(lines, fault.file)),
        ...needlesslyRun(events, snapshot, fault.file),
        ...await problemsOfAnother(run, out),
      ],
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const asItWas = readFileSync(join(out, fault.file)).equals(fault.bytes);
    return {
      ...about,
      ending: "refused",
      line: error.message,
      problems: [
        ...(fault.file === runRecord ? [] : [`it was refused: ${error.message}`]),
        ...(asItWas ? [] : ["the refused file was changed"]),
        ...(events.length === 0 ? [] : ["the refused run was written to"]),
      ],
    };
  }
}

/** What a person is told about damage. */
function linesAbout(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === "damaged"
      ? [`${event.node}: ${event.message}`]
      : event.type === "run-damaged"
      ? [event.message]
      : []
  );
}

/** Whether the damage is none: a run that died before its first event leaves an empty log and no artifact. */
async function isAsKilled(out: string, { file, bytes }: Fault): Promise<boolean> {
  const { events, artifact } = runPaths(folderOf(out));
  return join(out, file) === events && bytes.length === 0 &&
    (await folderNames(artifact(""))).length === 0;
}

const linesOfNone = (lines: readonly string[]) => lines.map((line) => `it was said: ${line}`);

const runRecord = relative("", runPaths(folderOf("")).record);

/** Exactly one line has to name the file, or its folder where that is taken as a whole. */
function problemsOfLines(lines: readonly string[], file: string): string[] {
  const [line, ...more] = lines;
  if (line === undefined) return ["nothing was said"];
  if (more.length > 0) return [`it was said ${lines.length} times: ${lines.join(" | ")}`];
  const isOfRun = dirname(file) === dirname(runRecord);
  const names = [basename(file), ...(isOfRun ? [] : [basename(dirname(file))])];
  return names.some((name) => line.includes(name)) ? [] : [`the line names another file: ${line}`];
}

/** Stages whose artifacts were there must not run again, unless the only one was damaged. */
function needlesslyRun(
  events: readonly RunEvent[],
  { done, once }: Snapshot,
  file: string,
): string[] {
  const damagedNode = once && dirname(file) === once.dir ? once.node : undefined;
  return events.flatMap((event) =>
    event.type === "started" && done.has(event.node) && event.node !== damagedNode
      ? [`${event.node} ran again`]
      : []
  );
}

/** Gone on with once more, a run has nothing to say and nothing to do; nor has another run of the same
 * stages, which finds all of them with the objects. */
async function problemsOfAnother(run: SmallRun, out: string): Promise<string[]> {
  const events: RunEvent[] = [];
  await run.execute(out, (event) => void events.push(event));
  await run.execute(out, (event) => void events.push(event), "another");
  const ran = events.filter(({ type }) => type === "started").length;
  return [
    ...linesAbout(events).map((line) => `said again: ${line}`),
    ...(ran > 0 ? [`${ran} stages ran once more`] : []),
  ];
}
