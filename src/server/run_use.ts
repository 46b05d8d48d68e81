/** What the process that works on a run uses. */
import type { Glance } from "../registry/followed_run.ts";
import type { RunFiles } from "../registry/run_files.ts";
import { type GpuUse, holderOf, type ProcessUse, type Resources } from "./resources.ts";

export interface RunUse {
  /** Null where no process of this machine works on it, or the system tells nothing of it. */
  readonly process: ProcessUse | null;
  readonly gpu: GpuUse;
}

export async function runUse(
  files: RunFiles,
  resources: Resources,
  { name, state }: Pick<Glance, "name" | "state">,
): Promise<RunUse> {
  const lock = state === "running"
    ? await files.text(name, "lock").catch(() => undefined)
    : undefined;
  const pid = holderOf(lock);
  if (pid === undefined) return { process: null, gpu: { gpus: [], processes: new Map() } };
  const [process, gpu] = await Promise.all([resources.process(pid), resources.gpus()]);
  return { process, gpu };
}
