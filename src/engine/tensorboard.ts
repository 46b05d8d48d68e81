/** `clusterfit.tensorboard`: event files. No part of the engine, which PyTorch and FAISS belong to: it does without. */
import { type PyObject, python } from "../python/mod.ts";
import { call, job } from "./call.ts";
import { explainStart } from "./errors.ts";
import type * as py from "./py.ts";
import { type EngineOptions, startPython } from "./start_python.ts";

/** What a curve goes through. */
export interface EventPoint {
  readonly step: number;
  readonly value: number;
  /** Seconds since 1970. */
  readonly time: number;
}

/** An event file that is open. Throws an EngineError where the disk refuses it. */
export interface EventFile extends Disposable {
  /** Appends to the curve of that name. */
  add(tag: string, points: readonly EventPoint[]): void;
}

/** Starts Python, and gives a function that makes an event file in a folder. Rejects with an EngineError where Python or
 * tensorboardX is missing. */
export async function startEventFiles(
  options: EngineOptions = {},
): Promise<(folder: string) => EventFile> {
  let found: string | undefined;
  try {
    found = await startPython(options);
    using importlib = python.import("importlib");
    await job(importlib, "import_module", ["clusterfit.tensorboard"]);
  } catch (error) {
    throw explainStart(error, found);
  }
  return (folder) => new PythonEventFile(folder);
}

class PythonEventFile implements EventFile {
  readonly #file: PyObject<py.EventFile>;

  constructor(folder: string) {
    this.#file = call(python.import<py.Tensorboard>("clusterfit.tensorboard"), "EventFile", folder);
  }

  add(tag: string, points: readonly EventPoint[]): void {
    const steps = points.map(({ step }) => step);
    const values = points.map(({ value }) => value);
    call(this.#file, "add", tag, steps, values, points.map(({ time }) => time));
  }

  [Symbol.dispose](): void {
    call(this.#file, "close");
    this.#file[Symbol.dispose]();
  }
}
