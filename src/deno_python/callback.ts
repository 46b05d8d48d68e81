/** JS functions that can be passed to Python, and destroyed. */
import type { Callback as Interface, PythonJSCallback } from "./types.ts";

/**
 * A JS function that can be passed to Python, and destroyed.
 *
 * ```ts
 * import { Callback, python } from "clusterfit/deno-python";
 *
 * using add = new Callback((_, a: number, b: number) => a + b);
 * console.log(python.import("functools").reduce(add, [1, 2, 3]).valueOf()); // 6
 * ```
 */
export class Callback implements Interface {
  #destroyed = false;

  /** Calls of Python end at `callback`. */
  constructor(readonly callback: PythonJSCallback) {}

  /** Whether it was destroyed. */
  get destroyed(): boolean {
    return this.#destroyed;
  }

  /** From here on Python code that calls it gets an exception. */
  destroy(): void {
    this.#destroyed = true;
  }

  /** The same as `destroy`. */
  [Symbol.dispose](): void {
    this.destroy();
  }
}
