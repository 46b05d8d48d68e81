/** One run: its folder, lock, record and event log around the graph. */
import { join } from "node:path";
import { explainSystemError, FolderError, UserError } from "./errors.ts";
import {
  type Attempt,
  eventReader,
  type RunEvent,
  type RunEventBody,
  sealEvent,
} from "./events.ts";
import {
  readTextIfThere,
  removeIfThere,
  removeTemporaries,
  unlessMissing,
  writeFileAtomic,
} from "./files.ts";
import { inOrder, type Node } from "./graph.ts";
import { canonicalJson } from "./json.ts";
import { JsonLog } from "./jsonl.ts";
import { lockFolder } from "./lock.ts";
import { findDamage } from "./damage.ts";
import { stageOrigins } from "./origins.ts";
import { hashPublished } from "./published.ts";
import { formatRecord, type RunRecord } from "./record.ts";
import { type NodeFailure, runGraph } from "./runner.ts";
import { findRun, RunFolder, runPaths } from "./store.ts";

/** What a run is, and who runs it. */
export interface ExecuteOptions<Services> {
  /** The folder of all runs. */
  readonly out: string;
  /** What the run is. Where it goes on, its run.json has to say the same of `asked` and is kept. */
  readonly record: Omit<RunRecord, "schema" | "nodes" | "createdAt">;
  /** Who does the work now. */
  readonly attempt: Omit<Attempt, "run">;
  /** What is to be made. */
  readonly nodes: readonly Node<string, Services>[];
  /** Makes what stages need, when the first of them has work to do. */
  readonly services: () => Promise<Services>;
  /** Stages that may run at once. */
  readonly workers: number;
  /** Aborted, the run stops; the same call goes on with it. */
  readonly signal: AbortSignal;
  /** Called with each event as it happens. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Writes what is derived from the finished artifacts (summary.json, report.html) into the folder and
   * returns the files' names. `made`: the nodes that have an artifact; not all, where stages failed. */
  readonly publish: (run: RunFolder, made: ReadonlySet<string>) => Promise<readonly string[]>;
}

/**
 * Starts the run or goes on with it. The folder is locked meanwhile. Where stages fail, the others go on, what
 * can be is published, and the first failure is thrown at the end. What hits the whole run (the event log,
 * `onEvent`, what the system refuses) stops all stages and is thrown once, after they have ended.
 *
 * @throws {UserError} where `workers` is no number of stages, another process holds the folder, or the
 * system refuses to read or write it.
 *
 * @example A run of one stage of one's own
 * ```ts
 * import { defineStage, executeRun, node, type StageContext } from "clusterfit";
 *
 * const greet = defineStage({
 *   ...{ name: "greet", version: 1, inputs: {}, output: "text" },
 *   async run({ config, dir }: StageContext<{ whom: string }, unknown, undefined>) {
 *     await Deno.writeTextFile(`${dir}/greeting.txt`, `Hello, ${config.whom}`);
 *     return ["greeting.txt"];
 *   },
 * });
 * const greeting = node(greet, {
 *   ...{ id: "greeting", title: "Greet", config: { whom: "world" }, inputs: {} },
 * });
 * const run = await executeRun({
 *   out: await Deno.makeTempDir(),
 *   record: {
 *     ...{ id: "first", title: "My run", command: ["deno", "run", "mine.ts"] },
 *     ...{ asked: {}, config: {}, study: {}, resolved: {} },
 *   },
 *   attempt: { command: ["deno", "run", "mine.ts"], versions: {}, hardware: {} },
 *   nodes: [greeting],
 *   workers: 1,
 *   services: () => Promise.resolve(undefined),
 *   signal: new AbortController().signal, // aborted, the run stops; called again, it goes on
 *   publish: () => Promise.resolve([]),
 * });
 * console.log(await Deno.readTextFile(await run.artifactFile("greeting", "greeting.txt"))); // Hello, world
 * ```
 */
export async function executeRun<Services>(options: ExecuteOptions<Services>): Promise<RunFolder> {
  const { out, workers } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new UserError(
      `Cannot run: it needs a whole number of workers from 1 on, found ${workers}. ` +
        "Give the number of stages that may run at once.",
    );
  }
  const dir = join(out, options.record.id);
  await makeFolder(dir);
  try {
    using _lock = await lockFolder(dir);
    await removeTemporaries(dir);
    await removeIfThere(runPaths(dir).linkings); // what a killed process had not moved to its place
    return await runLocked(dir, options);
  } catch (error) {
    throw explainWriting(dir, error);
  }
}

function explainWriting(dir: string, error: unknown): unknown {
  return explainSystemError(error, `write the run folder ${dir}`);
}

async function runLocked<Services>(
  dir: string,
  options: ExecuteOptions<Services>,
): Promise<RunFolder> {
  const { run, isNew } = await writeRecord(dir, options);
  const before = await run.eventLog();
  const damage = isNew ? [] : await findDamage(run, before);
  using log = await JsonLog.open(runPaths(dir).events, eventReader(run.id));
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  // Events come from timers and from Python's progress, where nobody could catch what is thrown.
  const record = failingOnce(thinned((event) => log.append(sealEvent(event))), failure, dir);
  const tell = failingOnce(options.onEvent ?? (() => {}), failure, dir);
  const emit = (body: RunEventBody, t = new Date().toISOString()) => {
    const event: RunEvent = { t, ...body };
    record(event);
    tell(event);
  };

  const attempt = { run: run.id, ...options.attempt };
  const began = new Date().toISOString();
  let first: NodeFailure | undefined;
  emit({ type: "run-started", attempt }, began);
  for (const message of damage) emit({ type: "run-damaged", message });
  try {
    const { artifacts, failures } = await runGraph({
      ...options,
      dir,
      signal,
      origin: { ...attempt, began },
      origins: stageOrigins(before.values),
      onEvent: emit,
    });
    const names = await options.publish(run, new Set(artifacts.keys()));
    const published = await hashPublished(run, names);
    [first] = failures;
    emit(
      first
        ? { type: "run-failed", message: describeFailures(run, failures), published }
        : { type: "run-finished", published },
    );
    failure.signal.throwIfAborted();
    await log.sync();
  } catch (error) {
    const explained = await unlessMissing(Deno.lstat(runPaths(dir).record))
      ? explainWriting(dir, error)
      : removed(dir);
    emit(
      options.signal.aborted
        ? { type: "run-stopped" }
        : { type: "run-failed", message: (explained as Error).message, published: {} },
    );
    // The disk that failed the run may fail its log too: the first error is the one to tell.
    await log.sync().catch(() => {});
    throw explained;
  }
  if (first) throw first.error;
  return run;
}

function describeFailures({ record }: RunFolder, failures: readonly NodeFailure[]): string {
  const [{ node, error }] = failures as [NodeFailure];
  const which = failures.length > 1 ? ", first" : ",";
  const message = error instanceof Error ? error.message : String(error);
  return `${failures.length} of ${record.nodes.length} stages failed${which} "${node.title}": ${message}`;
}

function removed(dir: string): UserError {
  return new UserError(
    `Cannot go on with the run: it needs its folder ${dir}, found it removed while the run was under way. ` +
      "Run the same command again.",
  );
}

/** `take` that throws nothing: its first error aborts `failure`, and it is called no more. A log that failed
 * may end in half a line, and one more behind it would be lost with it. */
function failingOnce(
  take: (event: RunEvent) => void,
  failure: AbortController,
  dir: string,
): (event: RunEvent) => void {
  let failed = false;
  return (event) => {
    if (failed) return;
    try {
      take(event);
    } catch (error) {
      failed = true;
      failure.abort(explainWriting(dir, error));
    }
  };
}

/** The nodes of a graph as run.json has them, in the order of the run. */
export function listNodes<Services>(
  nodes: readonly Node<string, Services>[],
): RunRecord["nodes"] {
  return inOrder(nodes).map((node) => ({
    id: node.id,
    stage: node.stage.name,
    title: node.title,
    inputs: Object.values(node.inputs).map((input) => input.id),
    serves: node.serves.map((use) => ({ ...use, at: { ...use.at } })),
  }));
}

/** Makes a folder for one run or for all; a FolderError where it cannot be made. */
export async function makeFolder(dir: string): Promise<void> {
  try {
    await Deno.mkdir(dir, { recursive: true });
  } catch (error) {
    const reason = (error as Error).message.replace(/: mkdir '.*'$/s, "");
    throw new FolderError(
      `Cannot make the run folder ${dir}: it needs a place that can be written, found: ${reason}.`,
      { cause: error },
    );
  }
}

/** Writes run.json where it is new or lists other nodes; what else it says is kept. */
async function writeRecord<Services>(
  dir: string,
  { record, nodes }: ExecuteOptions<Services>,
): Promise<{ readonly run: RunFolder; readonly isNew: boolean }> {
  const before = await findRun(dir);
  if (before && canonicalJson(before.record.asked) !== canonicalJson(record.asked)) {
    throw new UserError(
      `Cannot go on with the run in ${dir}: it needs the settings that it was begun with, ` +
        `${canonicalJson(before.record.asked)}, found ${canonicalJson(record.asked)}. ` +
        "Move the folder away, and the same command starts the run anew.",
    );
  }
  const full: RunRecord = {
    ...(before?.record ?? { schema: 2, ...record, createdAt: new Date().toISOString() }),
    nodes: listNodes(nodes),
  };
  const text = formatRecord(full);
  if (await readTextIfThere(runPaths(dir).record) !== text) {
    await writeFileAtomic(runPaths(dir).record, text);
  }
  return { run: new RunFolder(dir, full), isNew: before === undefined };
}

/** Lets at most one progress event a second through per node, and every other event. */
function thinned(emit: (event: RunEvent) => void): (event: RunEvent) => void {
  const last = new Map<string, number>();
  return (event) => {
    if (event.type === "progress" && event.done < event.total) {
      const now = performance.now();
      if (now - (last.get(event.node) ?? -Infinity) < 1000) return;
      last.set(event.node, now);
    }
    emit(event);
  };
}
