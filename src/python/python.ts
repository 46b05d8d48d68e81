/** The public API of the bridge: one object that represents the interpreter. */
import { viewToPython } from "./array_export.ts";
import { promiseOf, type PromiseOptions } from "./awaiting.ts";
import { builtin } from "./builtins.ts";
import { call } from "./call.ts";
import type { Arguments } from "./keywords.ts";
import { check } from "./check.ts";
import type { Interpreter } from "./discover.ts";
import { withGil } from "./gil.ts";
import { type JobOptions, runJob } from "./job.ts";
import { c } from "./library.ts";
import { evaluate, run } from "./main.ts";
import { PyObject } from "./object.ts";
import "./numbers_to_python.ts";
import { withScope } from "./ref.ts";
import { interpreter, shutdown, start, type StartOptions } from "./start.ts";
import { reportUnraisable, type UnraisableHandler } from "./unraisable.ts";
import type { Value } from "./types.ts";
import { type Convertible, newRef, tupleToPython, withConverted } from "./to_python.ts";
import type * as py from "./typed.ts";

/** The API of the interpreter; there is one, {@linkcode python}. */
export class Python {
  /**
   * Starts Python in this process. Calling it again only adds to `sys.path`.
   *
   * Python's multiprocessing starts processes by spawn here, or by forkserver if asked; fork is
   * refused. Functions for other processes must come from modules that can be imported, or from
   * {@linkcode Python.run}.
   */
  start(options: StartOptions = {}): Promise<void> {
    return Promise.try(start, options);
  }

  /** The running interpreter. */
  get info(): Interpreter {
    return interpreter();
  }

  /** The module of that name; `a.b` is the submodule, as with `importlib.import_module`. */
  import<M = unknown>(name: py.ModuleName<M>): PyObject<M>;
  import(name: string): PyObject {
    return make(() => withConverted(name, (n) => check(c.PyImport_Import(n))));
  }

  /** The module `builtins`. */
  get builtins(): PyObject {
    return this.import("builtins");
  }

  /**
   * Runs statements in the module `__main__`. Indentation that all lines have does not count.
   *
   * Functions and classes are then found there: `python.eval("name")`. Processes that
   * multiprocessing starts find them, too: top-level imports, functions, classes, and assignments
   * without a call are made there again, and nothing else is run.
   */
  run(source: string): void {
    run(source);
  }

  /**
   * The value of an expression in the module `__main__`. `locals` are names that it alone sees:
   * `python.eval("a + b", { a: 1, b: 2 })`. The compiled code of the last 1000 texts is kept.
   */
  eval<T = unknown>(
    expression: string,
    locals?: { readonly [name: string]: Convertible },
  ): py.Out<T>;
  eval(expression: string, locals?: { readonly [name: string]: Convertible }): Value {
    return evaluate(expression, locals);
  }

  /** An ndarray over the memory of a typed array, without a copy. */
  array<A extends ArrayBufferView>(
    data: A,
    options?: { shape?: readonly number[] },
  ): PyObject<py.NDArray<py.DtypeOf<A>>>;
  array(data: ArrayBufferView, { shape }: { shape?: readonly number[] } = {}): PyObject {
    return make(() => viewToPython(data, shape));
  }

  /** A float, also for a whole number. */
  float(value: number | bigint): PyObject<py.Float>;
  float(value: number | bigint): PyObject {
    return make(() => check(c.PyFloat_FromDouble(Number(value))));
  }

  /** An int; `value` must be whole. */
  int(value: number | bigint): PyObject<py.Float>;
  int(value: number | bigint): PyObject {
    return make(() => withConverted(BigInt(value), newRef));
  }

  /** A tuple, for example as an index: `a.item(python.tuple(0, 1))`. */
  tuple<Items extends readonly Convertible[]>(
    ...items: Items
  ): PyObject<py.Tuple<{ [At in keyof Items]: py.Of<Items[At]> }>>;
  tuple(...items: readonly Convertible[]): PyObject {
    return make(() => tupleToPython(items));
  }

  /** A slice: `python.slice(1, null, 2)` is `[1::2]`. */
  slice(...bounds: readonly (number | null)[]): PyObject<py.Slice>;
  slice(...bounds: readonly (number | null)[]): PyObject {
    return make(() => call(builtin("slice"), bounds));
  }

  /** Runs `body`; Python objects wrapped meanwhile are released, except the one it returns. */
  scope<T>(body: () => T): T {
    return withScope(body);
  }

  /** Runs `body` under one acquisition of the GIL; for many short calls in a row. */
  withGil<T>(body: () => T): T {
    return withGil(body);
  }

  /** Runs `fn(*args)` on a Python thread; see {@linkcode JobOptions}. */
  job<F>(
    fn: PyObject<F>,
    args: py.ArgumentsOf<F, "progress">,
    options: JobOptions & Required<Pick<JobOptions, "onProgress">>,
  ): Promise<py.Result<F>>;
  /** Runs `fn(*args)` on a Python thread, without progress. */
  job<F>(
    fn: PyObject<F>,
    args: py.ArgumentsOf<F>,
    options?: JobOptions,
  ): Promise<py.Result<F>>;
  job(fn: PyObject, args: Arguments, options?: JobOptions): Promise<Value> {
    return runJob(fn, args, options);
  }

  /**
   * Awaits a Python awaitable, for example a coroutine: it runs on an asyncio loop that the bridge
   * keeps on a thread of its own.
   */
  promise<T>(awaitable: PyObject<T>, options?: PromiseOptions): Promise<py.Out<py.Awaits<T>>>;
  /** Awaits what a call has returned, of whatever type. */
  promise(awaitable: Value, options?: PromiseOptions): Promise<Value>;
  promise(awaitable: Value, options?: PromiseOptions): Promise<Value> {
    return promiseOf(awaitable, options);
  }

  /**
   * Sets the handler of Python errors that nobody can catch: those of finalizers, and those that end
   * a thread. `where` says which. Without a handler, or after `onUnraisable(null)`, Python prints them.
   */
  onUnraisable(handler: UnraisableHandler | null): void {
    reportUnraisable(handler);
  }

  /**
   * Waits for the jobs, runs Python's atexit handlers, flushes its buffered files and finalises it.
   * Every later call is refused.
   */
  shutdown(): Promise<void> {
    return shutdown();
  }
}

/** The Python of this process. */
export const python: Python = new Python();

function make(create: () => bigint): PyObject {
  return withGil(() => new PyObject(create()));
}
