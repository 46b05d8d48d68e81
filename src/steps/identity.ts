/** Which run a command means: its id, its folder, its config, and what `auto` became when it began. */
import { join } from "node:path";
import type { MethodConfig } from "../method/config.ts";
import { resolve, type Resolved, resolvedSchema } from "../method/resolve.ts";
import type { Engine } from "../engine/mod.ts";
import { UserError } from "../pipeline/errors.ts";
import { hashJson, type JsonObject } from "../pipeline/json.ts";
import type { RunRecord } from "../pipeline/record.ts";
import { findRun, folderNames } from "../pipeline/store.ts";
import { checkPlaces } from "./check_places.ts";
import { checkConfig, type Job } from "./job.ts";

/** Which run is meant. */
export interface Identity {
  /** The experiment's prefix and eight digits of the hash of what was asked. */
  readonly id: string;
  /** Its folder. */
  readonly dir: string;
  /** What was asked for, without defaults. */
  readonly asked: RunRecord["asked"];
  /** What that means. */
  readonly config: MethodConfig;
  /** What `auto` became on this machine. */
  readonly resolved: Resolved;
}

/** Looks the run up in `out`: one that is there goes on with its own config. Only where it is new is the
 * engine asked what the machine has, once what the config names is found. Throws a UserError where it is not, or
 * its run.json is damaged or has keys that this version does not know. */
export async function identify(
  { experiment, asked, config }: Job,
  out: string,
  engine: () => Promise<Engine>,
): Promise<Identity> {
  const hash = hashJson(asked).slice(0, 8);
  const known = (await folderNames(out)).find((name) => name.endsWith(`-${hash}`));
  const id = known ?? `${experiment.prefix(config)}-${hash}`;
  const dir = join(out, id);
  const run = await findRun(dir);
  const same = { id, dir, asked: asked as RunRecord["asked"] };
  if (!run) {
    await checkPlaces(experiment, config);
    return { ...same, config, resolved: resolve(config, await describe(engine)) };
  }
  try {
    const { record } = run;
    const kept = checkConfig(experiment, record.config as JsonObject);
    return { ...same, config: kept, resolved: resolvedSchema.parse(record.resolved) };
  } catch (error) {
    throw new UserError(
      `Cannot go on with the run in ${dir}: this version cannot read its config. ` +
        `${(error as Error).message} Move the folder away, and the same command starts anew.`,
      { cause: error },
    );
  }
}

async function describe(engine: () => Promise<Engine>) {
  return await (await engine()).devices.describe();
}
