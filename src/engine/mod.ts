/** The engine: PyTorch and FAISS in this process, typed. */
import { python, type StartOptions } from "clusterfit/python";
import { devices } from "./devices.ts";
import type { Engine } from "./engine.ts";
import { features } from "./features.ts";
import { kmeans } from "./kmeans.ts";
import { nets } from "./nets.ts";
import { probes } from "./probes.ts";
import { tensors } from "./tensors.ts";
import { training } from "./training.ts";

export { EngineError } from "./call.ts";
export type * from "./engine.ts";

const packageFolder = new URL("../../py", import.meta.url).pathname;

/** Starts Python and imports what a run needs; it takes a few seconds, the event loop goes on. Rejects
 * with an InterpreterError where there is no Python to start. */
export async function startEngine(options: Pick<StartOptions, "executable"> = {}): Promise<Engine> {
  await python.start({ ...options, path: [packageFolder] });
  return {
    devices: await devices(),
    tensors: await tensors(),
    nets: await nets(),
    training: await training(),
    features: await features(),
    kmeans: await kmeans(),
    probes: await probes(),
  };
}
