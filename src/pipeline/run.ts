/** One run: its folder, lock, record and event log around the graph. */
import { join } from "node:path";
import { explainSystemError, UserError } from "./errors.ts";
import {
  type Attempt,
  eventReader,
  type RunEvent,
  type RunEventBody,
  sealEvent,
} from "./events.ts";
import { readTextIfThere, writeFileAtomic } from "./files.ts";
import { inOrder, type Node } from "./graph.ts";
import { canonicalJson } from "./json.ts";
import { JsonLog } from "./jsonl.ts";
import { lockFolder } from "./lock.ts";
import { findDamage } from "./damage.ts";
import { hashPublished } from "./published.ts";
import { formatRecord, type RunRecord } from "./record.ts";
import { runGraph } from "./runner.ts";
import { openRunIfThere, RunFolder, runPaths } from "./store.ts";

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

/** Starts the run or goes on with it. The folder is locked meanwhile; a UserError where another process
 * holds it or nothing can be written there. */
export async function executeRun<Services>(options: ExecuteOptions<Services>): Promise<RunFolder> {
  const dir = join(options.out, options.record.id);
  const attempt = `Writing the run folder ${dir}`;
  const fail = (error: unknown) => Promise.reject(explainSystemError(error, attempt));
  await makeFolder(dir);
  using _lock = await lockFolder(dir).catch(fail);
  const { run, isNew } = await writeRecord(dir, options).catch(fail);
  const damage = isNew ? [] : await findDamage(run);
  using log = await JsonLog.open(runPaths(dir).events, eventReader(run.id)).catch(fail);
  const record = thinned((event) => log.append(sealEvent(event)));
  const emit = (body: RunEventBody) => {
    const event: RunEvent = { t: new Date().toISOString(), ...body };
    record(event);
    options.onEvent?.(event);
  };

  emit({ type: "run-started", attempt: { run: run.id, ...options.attempt } });
  for (const message of damage) emit({ type: "run-damaged", message });
  try {
    await runGraph({ ...options, dir, onEvent: emit });
    emit({ type: "run-finished", published: await hashPublished(run, await options.publish(run)) });
  } catch (error) {
    const explained = explainSystemError(error, attempt);
    const ending: RunEventBody = options.signal.aborted
      ? { type: "run-stopped" }
      : { type: "run-failed", message: (explained as Error).message };
    // The disk that failed the run may fail its log too: the first error is the one to tell.
    await Promise.try(emit, ending).then(() => log.sync()).catch(() => {});
    throw explained;
  }
  await log.sync();
  return run;
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
  }));
}

/** Makes a folder for one run or for all; a UserError where it cannot be made. */
export async function makeFolder(dir: string): Promise<void> {
  try {
    await Deno.mkdir(dir, { recursive: true });
  } catch (error) {
    const reason = (error as Error).message.replace(/: mkdir '.*'$/, "");
    throw new UserError(
      `Making the run folder ${dir} failed: ${reason}. Give a folder you can write to with --out.`,
    );
  }
}

/** Writes run.json where it is new or lists other nodes; what else it says is kept. */
async function writeRecord<Services>(
  dir: string,
  { record, nodes }: ExecuteOptions<Services>,
): Promise<{ readonly run: RunFolder; readonly isNew: boolean }> {
  const before = await openRunIfThere(dir);
  if (before && canonicalJson(before.record.asked) !== canonicalJson(record.asked)) {
    throw new UserError(
      `Going on with the run in ${dir} failed: it was begun with other settings, ` +
        `${canonicalJson(before.record.asked)}, not ${canonicalJson(record.asked)}. ` +
        "Move the folder out of the folder of all runs, and the same command starts the run anew.",
    );
  }
  const full: RunRecord = {
    ...(before?.record ?? { schema: 1, ...record, createdAt: new Date().toISOString() }),
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
