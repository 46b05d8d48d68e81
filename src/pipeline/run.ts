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
import { readTextIfThere, removeTemporaries, unlessMissing, writeFileAtomic } from "./files.ts";
import { inOrder, type Node } from "./graph.ts";
import { canonicalJson } from "./json.ts";
import { JsonLog } from "./jsonl.ts";
import { lockFolder } from "./lock.ts";
import { findDamage } from "./damage.ts";
import { hashPublished } from "./published.ts";
import { formatRecord, type RunRecord } from "./record.ts";
import { runGraph } from "./runner.ts";
import { findRun, RunFolder, runPaths } from "./store.ts";

export interface ExecuteOptions<Services> {
  readonly out: string;
  /** What the run is. Where it goes on, its run.json has to say the same of `asked` and is kept. */
  readonly record: Omit<RunRecord, "schema" | "nodes" | "createdAt">;
  /** Who does the work now. */
  readonly attempt: Omit<Attempt, "run">;
  readonly nodes: readonly Node<string, Services>[];
  readonly services: () => Promise<Services>;
  /** Stages that may run at once. */
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** Writes what is derived from the finished artifacts (summary.json, report.html) into the folder and
   * returns the files' names. */
  readonly publish: (run: RunFolder) => Promise<readonly string[]>;
}

/**
 * Starts the run or goes on with it. The folder is locked meanwhile. Whatever fails first, a stage, the
 * event log or `onEvent`, stops the others and is thrown once, after all have ended.
 *
 * @throws {UserError} where `workers` is no number of stages, another process holds the folder, or the
 * system refuses to read or write it.
 */
export async function executeRun<Services>(options: ExecuteOptions<Services>): Promise<RunFolder> {
  const { out, workers } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new UserError(
      `Cannot run: workers needs a whole number of stages at once, from 1 on, got ${workers}.`,
    );
  }
  const dir = join(out, options.record.id);
  await makeFolder(dir);
  try {
    using _lock = await lockFolder(dir);
    await removeTemporaries(dir);
    return await runLocked(dir, options);
  } catch (error) {
    throw explainWriting(dir, error);
  }
}

function explainWriting(dir: string, error: unknown): unknown {
  return explainSystemError(error, `Writing the run folder ${dir}`);
}

async function runLocked<Services>(
  dir: string,
  options: ExecuteOptions<Services>,
): Promise<RunFolder> {
  const { run, isNew } = await writeRecord(dir, options);
  const damage = isNew ? [] : await findDamage(run, await run.eventLog());
  using log = await JsonLog.open(runPaths(dir).events, eventReader(run.id));
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  // Events come from timers and from Python's progress, where nobody could catch what is thrown.
  const record = failingOnce(thinned((event) => log.append(sealEvent(event))), failure, dir);
  const tell = failingOnce(options.onEvent ?? (() => {}), failure, dir);
  const emit = (body: RunEventBody) => {
    const event: RunEvent = { t: new Date().toISOString(), ...body };
    record(event);
    tell(event);
  };

  emit({ type: "run-started", attempt: { run: run.id, ...options.attempt } });
  for (const message of damage) emit({ type: "run-damaged", message });
  try {
    await runGraph({ ...options, dir, signal, onEvent: emit });
    emit({ type: "run-finished", published: await hashPublished(run, await options.publish(run)) });
    failure.signal.throwIfAborted();
    await log.sync();
  } catch (error) {
    const explained = await unlessMissing(Deno.lstat(runPaths(dir).record))
      ? explainWriting(dir, error)
      : removed(dir);
    emit(
      options.signal.aborted
        ? { type: "run-stopped" }
        : { type: "run-failed", message: (explained as Error).message },
    );
    // The disk that failed the run may fail its log too: the first error is the one to tell.
    await log.sync().catch(() => {});
    throw explained;
  }
  return run;
}

function removed(dir: string): UserError {
  return new UserError(
    `The run folder ${dir} was removed while the run was under way. Run the same command again.`,
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
      `Making the run folder ${dir} failed: ${reason}. It needs a folder that can be made and written.`,
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
      `Going on with the run in ${dir} failed: it was begun with other settings, ` +
        `${canonicalJson(before.record.asked)}, not ${canonicalJson(record.asked)}. ` +
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
