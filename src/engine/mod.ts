/** The engine that runs in Python, in this process. */
import { python } from "../python/mod.ts";
import { call, job } from "./call.ts";
import { containers } from "./containers.ts";
import { data } from "./data.ts";
import { devices } from "./devices.ts";
import type { Engine } from "./engine.ts";
import { explainStart } from "./errors.ts";
import { exporting } from "./export.ts";
import { features } from "./features.ts";
import { kmeans } from "./kmeans.ts";
import { matrices } from "./matrices.ts";
import { memberships } from "./memberships.ts";
import { metrics } from "./metrics.ts";
import { models } from "./models.ts";
import { objectives } from "./objectives.ts";
import { pretrained } from "./pretrained.ts";
import { probes } from "./probes.ts";
import type { Memory, Versions } from "./py.ts";
import { representations } from "./representations.ts";
import { type EngineOptions, startPython } from "./start_python.ts";
import { tensors } from "./tensors.ts";
import { training } from "./training.ts";

export type * from "./engine.ts";
export type { EngineOptions } from "./start_python.ts";
export { EngineError } from "./errors.ts";
export { type EventFile, type EventPoint, startEventFiles } from "./tensorboard.ts";

const engine: Engine = {
  devices,
  tensors,
  containers,
  data,
  models,
  pretrained,
  objectives,
  training,
  features,
  kmeans,
  matrices,
  memberships,
  probes,
  representations,
  metrics,
  export: exporting,
};

/**
 * Starts Python (the given executable, or the one that `python.start` finds), PyTorch and FAISS. They are
 * imported on a Python thread: the event loop goes on meanwhile. Throws an EngineError where one is missing
 * or broken.
 *
 * @example What the machine offers
 * ```ts
 * import { EngineError, startEngine } from "clusterfit";
 *
 * try {
 *   const engine = await startEngine();
 *   const { threads, versions } = await engine.devices.describe();
 *   console.log(threads > 0, Object.hasOwn(versions, "torch")); // true true
 * } catch (error) {
 *   if (!(error instanceof EngineError)) throw error;
 *   console.error(error.message); // what is missing, and the command that mends it
 * }
 * ```
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  let found: string | undefined;
  try {
    found = await startPython(options);
    using importlib = python.import("importlib");
    for (const name of Object.keys(engine)) {
      await job(importlib, "import_module", [`clusterfit.${name}`]);
    }
    call(python.import<Memory>("clusterfit.memory"), "keep_freed");
    return engine;
  } catch (error) {
    throw explainStart(error, found);
  }
}

/**
 * Versions of Python and of the packages that results depend on. Starts Python and imports none of them,
 * which takes a moment where `startEngine()` takes seconds. Throws an EngineError likewise.
 *
 * @example Which PyTorch
 * ```ts
 * import { readVersions } from "clusterfit";
 *
 * console.log(Object.hasOwn(await readVersions(), "torch")); // true
 * ```
 */
export async function readVersions(
  options: EngineOptions = {},
): Promise<Readonly<Record<string, string>>> {
  let found: string | undefined;
  try {
    found = await startPython(options);
    return call(python.import<Versions>("clusterfit.versions"), "installed");
  } catch (error) {
    throw explainStart(error, found);
  }
}
