/**
 * Python in this process.
 *
 * ```ts
 * import { kw, python } from "clusterfit/python";
 *
 * await python.start();
 * const math = python.import("math");
 * console.log(math.method("hypot", 3, 4)); // 5
 *
 * const text = python.builtins.method("sorted", ["b", "a"], kw({ reverse: true }));
 * console.log(String(text)); // ['b', 'a']
 * ```
 *
 * @module
 */
export { ArrayView } from "./array_view.ts";
export type { PromiseOptions } from "./awaiting.ts";
export { type Arguments, Keywords, kw } from "./keywords.ts";
export { findInterpreter, type Interpreter, InterpreterError } from "./discover.ts";
export type { TypedArray } from "./dtype.ts";
export { PythonError } from "./error.ts";
export type { JobOptions } from "./job.ts";
export { PyObject } from "./object.ts";
export type { BinaryOperator, UnaryOperator } from "./operators.ts";
export { type Python, python } from "./python.ts";
export type { StartOptions } from "./start.ts";
export type { UnraisableHandler } from "./unraisable.ts";
export type { Value } from "./types.ts";
export type { Scalar } from "./scalars.ts";
export type { Dtype, Elements, Float, NDArray, Slice, Tuple } from "./typed.ts";
export type { Convertible } from "./to_python.ts";
/** Descriptions of Python objects: `PyObject<py.NDArray<"float32">>`. `deno task stubs` writes them. */
export type * as py from "./typed.ts";
/** The operations of {@linkcode PyObject} with results that stay Python objects, scalars too. */
export * as unconverted from "./unconverted.ts";
