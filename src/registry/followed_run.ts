/** One run as its pages and its JSON show it. What was read is kept, and only what is new is read. */
import { createHash } from "node:crypto";
import { ZodError } from "zod";
import { eventReader, type Origin, type RunEvent } from "../pipeline/events.ts";
import { isLocked } from "../pipeline/lock.ts";
import {
  type FileVersion,
  type LogFile,
  LogFollower,
  sameVersion,
} from "../pipeline/log_follower.ts";
import { parseRecord, type RunRecord } from "../pipeline/record.ts";
import {
  isUnderWay,
  type RunState,
  type RunStatus,
  RunTracker,
  withLock,
} from "../pipeline/status.ts";
import { objectsFolder, partialName, RunFolder } from "../pipeline/store.ts";
import { count } from "../results/count.ts";
import { type Study, studySchema } from "../results/study.ts";
import {
  type CurvePoint,
  curvePointSchema,
  type Series,
  type Summary,
  summarySchema,
} from "../results/summary.ts";
import { formatEventId, logName } from "./event_id.ts";
import { type RunFiles, UnreadableFile } from "./run_files.ts";

/** Name of the stage that writes a curve. */
export const trainingStage = "train";

/** What the list shows of a run. */
export interface Glance {
  /** Name of the run's folder: what its address is made of. */
  readonly name: string;
  readonly state: RunState | "damaged";
  /** Why it failed, or what is damaged. */
  readonly message?: string;
  /** Absent where `run.json` cannot be read. */
  readonly record?: RunRecord;
  /** Absent where `run.json` or `events.jsonl` cannot be read. */
  readonly status?: RunStatus;
  /** What could not be read and is left out of what is shown. */
  readonly notes: readonly string[];
}

/** What the index keeps of it. */
export interface Listed extends Glance {
  /** The loss of the training whose log grew last, epoch by epoch. */
  readonly curve: readonly number[];
}

/** What its own page shows. */
export interface Snapshot extends Listed {
  /** Whether the run published a report when it last finished. */
  readonly hasReport: boolean;
  /** Who worked on it, one after the other. */
  readonly attempts: readonly Origin[];
  /** ISO time of the last event of each attempt, progress too. */
  readonly lastEvents: readonly string[];
  /** What happened, without progress. */
  readonly events: readonly RunEvent[];
  /** Id of the last event of its log that is in all this, progress too; absent where there is none. */
  readonly lastEventId?: string;
  /** What it compares; absent where its record holds no study. */
  readonly study?: Study;
  /** As far as the networks are trained. */
  readonly curves: readonly Series[];
  /** Of a run that published its results, checked against its SHA-256. */
  readonly summary?: Summary;
}

export class FollowedRun {
  readonly #files: RunFiles;
  readonly #name: string;
  readonly #isHeld: () => boolean;
  readonly #record = new Kept<RunRecord>();
  readonly #summary = new Kept<Summary | Damage>();
  #events?: EventLog;
  readonly #curves = new Map<string, CurveLog>();
  #turn: Promise<unknown> = Promise.resolve();

  /** `isHeld`: whether a process holds the run's lock. */
  constructor(files: RunFiles, name: string, isHeld = () => isLocked(files.path(name))) {
    this.#files = files;
    this.#name = name;
    this.#isHeld = isHeld;
  }

  /** Looks at its state; `undefined` where the folder holds no run. */
  glance(): Promise<Glance | undefined> {
    return this.#inTurn(async () => (await this.#look())?.glance);
  }

  /** Likewise, and at the training that was last at work. */
  listed(): Promise<Listed | undefined> {
    return this.#inTurn(async () => {
      const glance = (await this.#look())?.glance;
      return glance && { ...glance, curve: await this.#latestCurve() };
    });
  }

  /** Looks at all of it; `undefined` where the folder holds no run. */
  snapshot(): Promise<Snapshot | undefined> {
    return this.#inTurn(async () => {
      const found = await this.#look();
      if (!found) return undefined;
      const { glance, summary } = found;
      const { hasReport = false, attempts = [], happened = [], lastEventId } = this.#events ?? {};
      const lastEvents = [...this.#events?.lastEvents ?? []];
      const curve = await this.#latestCurve();
      const known = {
        ...{ ...glance, curve, hasReport, attempts, lastEvents, events: [...happened] },
        ...(lastEventId !== undefined && { lastEventId }),
      };
      if (summary) {
        return { ...known, study: summary.study, curves: summary.series, summary };
      }
      const study = studySchema.safeParse(glance.record?.study).data;
      const { curves, notes } = await this.#readCurves(glance.record);
      const all = { ...known, curves, notes: [...glance.notes, ...notes] };
      return { ...all, ...(study && { study }) };
    });
  }

  /** The report that the run published; `undefined` where there is none yet. Rejects with an UnreadableFile
   * where what lies in its place is not what was written. */
  report(): Promise<string | undefined> {
    return this.#inTurn(async () => {
      const text = await this.#files.text(this.#name, "report.html");
      const record = await this.#readRecord().catch(() => undefined);
      if (text === undefined || !record) return undefined;
      const events = this.#eventsOf(record);
      await events.look();
      const sha256 = createHash("sha256").update(text).digest("hex");
      if (sha256 === events.published["report.html"]) return text;
      throw new UnreadableFile(
        "report.html is not what the run wrote, or the run ended before it could say so: the run's own " +
          "command writes it again",
      );
    });
  }

  /** One look at a time: those that come meanwhile wait, and then find little new. */
  #inTurn<T>(look: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(look);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #look(): Promise<{ glance: Glance; summary?: Summary } | undefined> {
    const known: { record?: RunRecord; status?: RunStatus; notes: string[] } = { notes: [] };
    try {
      const record = await this.#readRecord();
      if (!record) return undefined;
      known.record = record;
      const events = this.#eventsOf(record);
      const status = await this.#readStatus(events);
      if (events.skipped > 0) known.notes.push(leftOut("events.jsonl", events.skipped));
      if (events.setBack) known.notes.push(setBack);
      known.status = status;
      const published = status.state === "finished" ||
        (status.state === "failed" && events.hasReport);
      const summary = published ? await this.#readSummary(record) : undefined;
      const { state, message } = status;
      const glance = { name: this.#name, ...known, state, ...(message && { message }) };
      return { glance, ...(summary && { summary }) };
    } catch (error) {
      if (!(error instanceof Damage || error instanceof UnreadableFile)) throw error;
      return { glance: { name: this.#name, ...known, state: "damaged", message: error.message } };
    }
  }

  async #readRecord(): Promise<RunRecord | undefined> {
    const version = await this.#files.version(this.#name, "run.json");
    if (!version) {
      const has = await this.#files.version(this.#name, "events.jsonl") ||
        await this.#files.hasFolder(this.#name, "artifacts");
      if (has) throw new Damage("run.json is missing");
      return undefined;
    }
    return this.#record.of([version], async () => {
      const text = await this.#files.text(this.#name, "run.json") ?? "";
      return read("run.json", () => parseRecord(text));
    });
  }

  /** The log goes on being followed when the run does, unless it then has other stages. */
  #eventsOf({ id, nodes }: RunRecord): EventLog {
    if (this.#events && sameNodes(this.#events.nodes, nodes)) return this.#events;
    this.#curves.clear();
    return this.#events = new EventLog(this.#file(this.#name, "events.jsonl"), id, nodes);
  }

  async #readStatus(events: EventLog): Promise<RunStatus> {
    await events.look();
    for (;;) {
      const status = events.status();
      if (!isUnderWay(status) || this.#isHeld()) return status;
      // It may have ended after its log was read, and then has said so before it let the lock go.
      if (!await events.look()) return withLock(status, false);
    }
  }

  /** The verified summary; `undefined` for a graph without one. */
  async #readSummary(record: RunRecord): Promise<Summary | undefined> {
    if (!record.nodes.some(({ id }) => id === "summary")) return undefined;
    const path = (file: string) => [this.#name, "artifacts", "summary", file];
    const paths = [path("manifest.json"), path("summary.json")];
    const versions = await Promise.all(paths.map((names) => this.#files.version(...names)));
    const summary = await this.#summary.of(versions, async () => {
      // The verification below reads by path; these say whether a link is on the way.
      for (const names of paths) await (await this.#files.open(...names))?.close();
      const run = new RunFolder(this.#files.path(this.#name), record);
      try {
        await run.artifactFile("summary", "summary.json");
      } catch (error) {
        return new Damage(shortened((error as Error).message, run.dir));
      }
      const text = await this.#files.text(...path("summary.json")) ?? "";
      try {
        return read("artifacts/summary/summary.json", () => summarySchema.parse(JSON.parse(text)));
      } catch (error) {
        return error as Damage;
      }
    });
    if (summary instanceof Damage) throw summary;
    return summary;
  }

  /** The training logs, finished or under way: a curve for each network that a training serves. */
  async #readCurves(record?: RunRecord): Promise<Pick<Snapshot, "curves" | "notes">> {
    const notes: string[] = [];
    const curves: Series[] = [];
    for (const { id, stage, serves } of record?.nodes ?? []) {
      if (stage !== trainingStage) continue;
      const log = this.#curveOf(id);
      try {
        await log.look();
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        notes.push(error.message);
        continue;
      }
      if (log.skipped > 0) notes.push(leftOut(`${id}/log.jsonl`, log.skipped));
      if (log.points.length > 0) {
        curves.push(...serves.map((use) => ({ ...use, points: log.points })));
      }
    }
    return { curves, notes };
  }

  async #latestCurve(): Promise<readonly number[]> {
    const node = this.#events?.latestTraining;
    if (node === undefined) return [];
    const log = this.#curveOf(node);
    try {
      await log.look();
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      return [];
    }
    return log.points.map(({ loss }) => loss);
  }

  #curveOf(node: string): CurveLog {
    const log = this.#curves.get(node) ?? new CurveLog(this.#trainingLog(node));
    this.#curves.set(node, log);
    return log;
  }

  /** `names`: from the folder of all runs on. */
  #file(...names: string[]): LogFile {
    return {
      version: () => this.#files.version(...names),
      open: () => this.#files.open(...names),
    };
  }

  /** The log of a node, wherever that stands by now: in the run, or with the objects, where this run or
   * another one makes it. */
  #trainingLog(node: string): LogFile {
    const place = async () => {
      const own = [this.#name, "artifacts", node];
      const key = this.#events?.keys.get(node);
      const folder = key === undefined || await this.#files.hasFolder(...own)
        ? own
        : [objectsFolder, partialName(key)];
      return this.#file(...folder, "log.jsonl");
    };
    return {
      version: async () => (await place()).version(),
      open: async () => (await place()).open(),
    };
  }
}

/** Says what is wrong with a run, in words for its page. */
class Damage extends Error {}

/** What was made of some files, until one of them changes. */
class Kept<T> {
  #kept?: { readonly versions: readonly (FileVersion | undefined)[]; readonly value: T };

  async of(versions: readonly (FileVersion | undefined)[], make: () => Promise<T>): Promise<T> {
    const kept = this.#kept;
    if (kept && versions.every((version, at) => sameVersion(version, kept.versions[at]))) {
      return kept.value;
    }
    this.#kept = undefined;
    const value = await make();
    this.#kept = { versions, value };
    return value;
  }
}

class EventLog {
  readonly nodes: RunRecord["nodes"];
  /** SHA-256 of each file that the run published when it last came to its end. */
  published: Readonly<Record<string, string>> = {};
  attempts: readonly Origin[] = [];
  /** Time of the last event of each attempt. */
  lastEvents: string[] = [];
  /** What happened, without progress. */
  happened: RunEvent[] = [];
  /** The training that the last line about one is of. */
  latestTraining?: string | undefined;
  /** Whether something is said to have happened before what stands above it. */
  setBack = false;
  #last = "";
  /** Keys of the artifacts that were under way, by node. */
  readonly keys = new Map<string, string>();
  #log?: string | undefined;
  #count = 0;
  #tracker: RunTracker;
  readonly #follower;

  constructor(file: LogFile, run: string, nodes: RunRecord["nodes"]) {
    this.nodes = nodes;
    this.#tracker = new RunTracker(nodes);
    const trainings = new Set(nodes.flatMap(({ id, stage }) => stage === trainingStage ? id : []));
    let parse = eventReader(run);
    this.#follower = new LogFollower(file, {
      parse: (value) => parse(value),
      take: (event) => {
        this.#log ??= logName(event);
        this.#count++;
        if (event.type === "run-started") {
          this.attempts = [...this.attempts, { ...event.attempt, began: event.t }];
        }
        if (this.attempts.length > 0) this.lastEvents[this.attempts.length - 1] = event.t;
        if (event.t < this.#last && event.type !== "run-started") this.setBack = true;
        this.#last = event.t;
        if ("published" in event) this.published = event.published;
        if ("key" in event) this.keys.set(event.node, event.key);
        if ("node" in event && trainings.has(event.node)) this.latestTraining = event.node;
        if (event.type !== "progress") this.happened.push(event);
        this.#tracker.take(event);
      },
      restart: () => {
        parse = eventReader(run);
        this.published = {};
        this.attempts = [];
        this.lastEvents = [];
        this.happened = [];
        this.latestTraining = undefined;
        this.setBack = false;
        this.#last = "";
        this.keys.clear();
        this.#log = undefined;
        this.#count = 0;
        this.#tracker = new RunTracker(nodes);
      },
    });
  }

  look(): Promise<boolean> {
    return this.#follower.look();
  }

  get skipped(): number {
    return this.#follower.skipped;
  }

  /** Undefined where there is no event. */
  get lastEventId(): string | undefined {
    return this.#log && formatEventId({ log: this.#log, n: this.#count });
  }

  get hasReport(): boolean {
    return Object.hasOwn(this.published, "report.html");
  }

  status(): RunStatus {
    return this.#tracker.status();
  }
}

class CurveLog {
  points: CurvePoint[] = [];
  readonly #follower;

  constructor(file: LogFile) {
    this.#follower = new LogFollower(file, {
      parse: (value) => curvePointSchema.parse(value),
      take: (point) => void this.points.push(point),
      restart: () => void (this.points = []),
    });
  }

  look(): Promise<boolean> {
    return this.#follower.look();
  }

  get skipped(): number {
    return this.#follower.skipped;
  }
}

const setBack =
  "the clock was set back while the run was at work: its times are shorter than it was";

function sameNodes(a: RunRecord["nodes"], b: RunRecord["nodes"]): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function leftOut(file: string, lines: number): string {
  return `${file}: ${count(lines, "damaged line")} left out`;
}

/** Reads a value, or says in one line why that is none. */
function read<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Damage(`${file} cannot be read: ${firstProblem(error as Error)}`, { cause: error });
  }
}

/** zod names every problem of a value; the first one is told. */
function firstProblem(error: Error): string {
  if (!(error instanceof ZodError)) return error.message;
  const [issue] = error.issues;
  return issue ? [issue.path.join("."), issue.message].filter(Boolean).join(": ") : error.message;
}

/** Without the way to the run's folder, and with the first eight digits of a hash. */
function shortened(message: string, dir: string): string {
  return message.replaceAll(`${dir}/`, "").replace(/\b([\da-f]{8})[\da-f]{56}\b/g, "$1…");
}
