/** Which objects the runs below a folder use, or may use when they go on. */
import { join } from "node:path";
import { z } from "zod";
import { manifestFile } from "../pipeline/artifact.ts";
import { runEventSchema } from "../pipeline/events.ts";
import { isThere, readTextIfThere } from "../pipeline/files.ts";
import { parseLine, readLines } from "../pipeline/jsonl.ts";
import { isLocked } from "../pipeline/lock.ts";
import { reasonOf } from "../pipeline/reason.ts";
import { parseRecord } from "../pipeline/record.ts";
import { unseal } from "../pipeline/sealed.ts";
import { folderNames, runPaths } from "../pipeline/store.ts";
import { count } from "../results/count.ts";
import { RunFiles } from "./run_files.ts";

export interface ObjectUse {
  /** Of the artifacts that runs have, and of those that they began or waited for. */
  readonly keys: ReadonlySet<string>;
  /** Stages of which a run under way may still link any object, as it comes to them; "all" where that cannot be told. */
  readonly stages: ReadonlySet<string> | "all";
  /** Runs that are under way and have something to make yet. */
  readonly underWay: readonly string[];
  /** Why it cannot be told what a run uses: a line for each file. */
  readonly unclear: readonly string[];
}

/** Looks at every run below `out`. What a run does that starts behind its turn is not in it. */
export async function objectUse(out: string): Promise<ObjectUse> {
  const keys = new Set<string>();
  let stages = new Set<string>() as ObjectUse["stages"];
  const [underWay, unclear]: [string[], string[]] = [[], []];
  for (const name of await new RunFiles(out).folders()) {
    const dir = join(out, name);
    // Asked before all else: a run that ends meanwhile is then taken for one that goes on, which is safe.
    const atWork = isLocked(dir);
    const [own, log] = [await ownKeys(dir), await readLog(runPaths(dir).events)];
    for (const key of [...own.keys, ...log.keys.values()]) keys.add(key);
    const problems = [...own.unclear, ...log.unclear];
    if (!atWork) {
      unclear.push(...problems);
      continue;
    }
    // What it mends just now cannot be read either.
    const toCome = problems.length > 0 ? "all" : await stagesToCome(dir, log.settled);
    if (toCome !== "all" && toCome.size === 0) continue;
    underWay.push(name);
    stages = toCome === "all" || stages === "all" ? "all" : stages.union(toCome);
  }
  return { keys, stages, underWay, unclear };
}

/** Keys of the artifacts that a run has. */
async function ownKeys(dir: string): Promise<Pick<ObjectUse, "keys" | "unclear">> {
  const keys = new Set<string>();
  const unclear: string[] = [];
  const artifacts = join(dir, "artifacts");
  for (const node of await folderNames(artifacts)) {
    const path = join(artifacts, node, manifestFile);
    try {
      const text = await readTextIfThere(path);
      if (text !== undefined) keys.add(keySchema.parse(JSON.parse(text)).key);
      else if (await isThere(join(artifacts, node))) unclear.push(`${path} is missing`);
    } catch (error) {
      unclear.push(`${path} cannot be read: ${reasonOf(error)}`);
    }
  }
  return { keys, unclear };
}

const keySchema = z.object({ key: z.string() });

interface Log {
  /** Node -> the key that the run began or waited for last. */
  readonly keys: ReadonlyMap<string, string>;
  /** Nodes that have their artifact in the attempt under way. */
  readonly settled: ReadonlySet<string>;
  /** Whether it has lines that are no event. */
  readonly unclear: readonly string[];
}

async function readLog(path: string): Promise<Log> {
  const keys = new Map<string, string>();
  const settled = new Set<string>();
  let bad = 0;
  for await (const { line } of readLines(path)) {
    const event = parseLine(line, parseTelling);
    if (event === undefined) bad++;
    else if (event === "progress") continue;
    else if (event.type.startsWith("run-")) settled.clear(); // an attempt begins, or has ended
    else if (event.type === "finished" || event.type === "reused") settled.add(event.node);
    else if ("key" in event) keys.set(event.node, event.key);
  }
  return { keys, settled, unclear: bad > 0 ? [`${path} has ${count(bad, "damaged line")}`] : [] };
}

/** Most lines of a long run are progress, which tells of no object and is not looked at more closely. */
function parseTelling(value: unknown) {
  if ((value as { type?: unknown } | null)?.type === "progress") return "progress";
  return runEventSchema.parse(unseal(value));
}

/** Stages of a run under way whose artifacts it has not reached yet. */
async function stagesToCome(
  dir: string,
  settled: ReadonlySet<string>,
): Promise<ReadonlySet<string> | "all"> {
  try {
    const { nodes } = parseRecord(await Deno.readTextFile(runPaths(dir).record));
    return new Set(nodes.filter(({ id }) => !settled.has(id)).map(({ stage }) => stage));
  } catch {
    return "all"; // it has just begun, or its record is damaged
  }
}
