/** What a folder of runs holds that was acknowledged, and what in it is torn. */
import { join } from "node:path";
import { z } from "zod";
import { checkArtifact } from "../../src/pipeline/artifact.ts";
import { Blocks } from "../../src/pipeline/blocks.ts";
import { Checkpoints } from "../../src/pipeline/checkpoint.ts";
import { findDamage } from "../../src/pipeline/damage.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { readTextIfThere, unlessMissing } from "../../src/pipeline/files.ts";
import { hashJson } from "../../src/pipeline/json.ts";
import { readOrigin } from "../../src/pipeline/origin_file.ts";
import { attemptIn } from "../../src/pipeline/partial.ts";
import { findRun, folderNames, objectPaths, runPaths } from "../../src/pipeline/store.ts";

export interface Kept {
  /** Text of run.json. */
  readonly record: string | undefined;
  /** Events of the log, in their order. */
  readonly events: readonly RunEvent[];
  /** Nodes with an artifact in the run -> its hash. */
  readonly artifacts: ReadonlyMap<string, string>;
  /** Keys of artifacts that are sealed, in their place or on their way to it -> their hash. */
  readonly objects: ReadonlyMap<string, string>;
  /** Keys of stages under way -> what they have behind them. */
  readonly begun: ReadonlyMap<string, Behind>;
  /** Files that were not written to their end. */
  readonly temporaries: readonly string[];
  /** What is not as it was written: a line each. */
  readonly torn: readonly string[];
}

/** Epochs that a checkpoint has behind it, and rows in blocks. */
export interface Behind {
  readonly epochs: number;
  readonly rows: number;
}

/** Of the stage that extracts features. */
const blocksFile = "blocks.json";

const placeSchema = z.object({ curve: z.array(z.json()) });

/** Reads the run `dir` and all objects of `out`; nothing is changed. */
export async function readKept(out: string, dir: string): Promise<Kept> {
  const torn: string[] = [];
  const tell = (message: string) => void torn.push(message);
  const caught = async <T>(reading: Promise<T>): Promise<T | undefined> => {
    try {
      return await reading;
    } catch (error) {
      tell((error as Error).message);
      return undefined;
    }
  };
  const artifacts = new Map<string, string>();
  for (const node of await folderNames(runPaths(dir).artifact(""))) {
    const manifest = await caught(checkArtifact(runPaths(dir).artifact(node)));
    if (manifest) artifacts.set(node, hashJson(manifest));
  }
  const objects = new Map<string, string>();
  const begun = new Map<string, Behind>();
  const paths = objectPaths(out);
  for (const name of await folderNames(paths.dir)) {
    const key = name.replace(/\.partial$/, "");
    if (name === key) {
      const manifest = await caught(checkArtifact(paths.object(key)));
      if (manifest) objects.set(key, hashJson(manifest));
      const { damage } = await readOrigin(paths.object(key));
      if (damage !== undefined) tell(damage);
      continue;
    }
    const left = await attemptIn(paths.partial(key), key);
    if (left.state === "damaged") tell(left.damage);
    if (left.state === "sealed") objects.set(key, hashJson(left.manifest));
    if (left.state === "begun") begun.set(key, await behindOf(paths.partial(key), key, tell));
  }
  const run = await caught(findRun(dir));
  const log = await run?.eventLog();
  if (run && log) { for (const line of await findDamage(run, log)) tell(line); }
  const record = await readTextIfThere(runPaths(dir).record);
  const temporaries = await temporariesIn(out);
  return { record, events: log?.values ?? [], artifacts, objects, begun, temporaries, torn };
}

async function temporariesIn(dir: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await unlessMissing(Array.fromAsync(Deno.readDir(dir))) ?? []) {
    const path = join(dir, entry.name);
    if (entry.isDirectory) found.push(...await temporariesIn(path));
    else if (entry.name.endsWith(".tmp")) found.push(path);
  }
  return found;
}

async function behindOf(
  dir: string,
  key: string,
  tell: (message: string) => void,
): Promise<Behind> {
  const checkpoints = await Checkpoints.open(dir, key, (place) => placeSchema.parse(place), tell);
  const blocks = await Blocks.open(dir, blocksFile, key, tell);
  return { epochs: checkpoints.newest()?.place.curve.length ?? 0, rows: blocks.rows };
}
