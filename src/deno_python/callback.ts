/** JS functions for Python. */
import type { PythonConvertible } from "./convert.ts";
import type { Dynamic } from "./proxied.ts";

/**
 * A JS function as Python calls it: keyword arguments first, then the positional ones. Its Promise is
 * an awaitable in Python.
 */
export type PythonJSCallback = (
  kwargs: Dynamic,
  ...args: Dynamic[]
) => PythonConvertible | Promise<PythonConvertible>;

/**
 * A JS function that can be passed to Python, and taken back.
 *
 * ```ts
 * import { Callback, python } from "clusterfit/deno-python";
 *
 * using add = new Callback((_, a: number, b: number) => a + b);
 * console.log(python.import("functools").reduce(add, [1, 2, 3]).valueOf()); // 6
 * ```
 */
export class Callback implements Disposable {
  #destroyed = false;

  constructor(readonly callback: PythonJSCallback) {}

  /** Whether it was taken back. */
  get destroyed(): boolean {
    return this.#destroyed;
  }

  /** Takes it back: Python code that calls it from now on gets an exception. */
  destroy(): void {
    this.#destroyed = true;
  }

  /** The same as `destroy`. */
  [Symbol.dispose](): void {
    this.destroy();
  }
}
