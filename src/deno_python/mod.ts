/**
 * The API of `@denosaurs/python` (deno_python) on this bridge: change the import, keep the code.
 *
 * ```ts
 * import { kw, python } from "clusterfit/deno-python";
 *
 * const np = python.import("numpy");
 * const points = np.array([[1, 8], [3, 10]], kw`dtype=${"float32"}`);
 * console.log(points["0, ::-1"].tolist().valueOf()); // [ 8, 1 ]
 * console.log(np.sum(points) + 1); // 23
 * ```
 *
 * Python starts as this module is imported. It is looked for as `python.start()` of
 * `clusterfit/python` does, unless `DENO_PYTHON_PATH` names a shared library. `object.reference` of a
 * {@linkcode PyObject} is the object of `clusterfit/python`, and `new PyObject(reference)` the way
 * back: a program can move over one call at a time.
 *
 * On purpose, these differ from deno_python 0.4:
 *
 * - Integers are exact: a number when safe, else a BigInt, and `asLong()` throws rather than
 *   truncate. `2 ** 31`, `1e300` and BigInts can be passed.
 * - `None` is null. Text keeps NUL, any alphabet and lone surrogates, in keys and names too.
 * - `bytes` are a Uint8Array both ways; any other typed array is an ndarray over the same memory.
 *   Promises, Dates and their like, which were empty dicts, are refused with a TypeError.
 * - `equals()` is `==`; it was `!=`.
 * - An error is thrown where it is raised: by iteration, slices, `str()`, conversions, and properties
 *   that raise anything but AttributeError. `python.run()` throws a {@linkcode PythonError} as all
 *   others do. Its message starts with the type; its stack is JS's, and `cause` the chain.
 * - An error thrown by a callback is a `RuntimeError` in Python, or what it was if it came from Python.
 *   Out of the Python call comes a {@linkcode PythonError}, whose `cause` is the error itself. A
 *   callback that returns a Promise gives Python an awaitable. A destroyed one raises.
 * - The signature of a callback has the names of its parameters, where they had one letter each. Those
 *   that Python could not use, or that begin with an underscore, still have a letter.
 * - `sys.exit()` is an exception. Ctrl-C ends the process: it does not become KeyboardInterrupt.
 * - Tuples, arrays, strings and whatever else has `__getitem__` can be indexed, also with negative
 *   numbers and with several (`array["0, -1"]`); a dict also by its integer keys. Attributes that do
 *   not exist yet can be set. `delete` deletes.
 * - A dict shows all its keys: `dict.name` and `dict.length` were properties of a JS function. What
 *   Python does not have is undefined, except `call`, `apply`, `bind` and `prototype`.
 * - Operators see numpy's numbers as numbers: `np.sum(x) + 1` was text.
 * - Nothing leaks and nothing is freed too early. `using` releases a proxy, a {@linkcode PyObject} and
 *   a {@linkcode Callback} at the end of a block.
 * - `new PyObject(pointer)` and `callback.unsafe` are gone: a pointer has no owner.
 *
 * @module
 */
export { Callback } from "./callback.ts";
export { maybeThrowError, PythonError } from "./error.ts";
export { kw, NamedArgument } from "./named_argument.ts";
export { PyObject } from "./py_object.ts";
export { Python, python, python as default } from "./python.ts";
export {
  type Dynamic,
  ProxiedPyObject,
  type PythonConvertible,
  type PythonJSCallback,
  type PythonProxy,
} from "./types.ts";
