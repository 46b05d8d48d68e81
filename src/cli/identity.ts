/** Which run a config means: its id, its folder, and what it was resolved to when it began. */
import { join } from "node:path";
import type { Config } from "../clusterfit/config.ts";
import { resolve, type Resolved, resolvedSchema } from "../clusterfit/resolve.ts";
import type { Engine } from "../engine/mod.ts";
import { hashJson } from "../pipeline/json.ts";
import type { RunRecord } from "../pipeline/record.ts";
import { findRun } from "../pipeline/store.ts";
import { describeMachine } from "./machine.ts";

export interface Identity {
  /** Teacher and eight digits of the config's hash: equal configs mean the same run. */
  readonly id: string;
  readonly dir: string;
  readonly resolved: Resolved;
  readonly versions: RunRecord["versions"];
  readonly hardware: RunRecord["hardware"];
}

/** Looks the run up in `out`; only where it is new is the engine asked what the machine has. */
export async function identify(
  config: Config,
  out: string,
  engine: () => Promise<Engine>,
): Promise<Identity> {
  const id = `${config.teacher}-${hashJson(config).slice(0, 8)}`;
  const dir = join(out, id);
  const known = await findRun(dir);
  if (known) {
    const { versions, hardware, resolved } = known.record;
    return { id, dir, versions, hardware, resolved: resolvedSchema.parse(resolved) };
  }
  const description = await (await engine()).devices.describe();
  return { id, dir, ...describeMachine(description), resolved: resolve(config, description) };
}
