/** JS functions as callables of Python, and what they throw as exceptions. */
import { type Convertible, kw, type PyObject as Reference, unconverted } from "../python/mod.ts";
import source from "./callback.py" with { type: "text" };
import { parametersOf } from "./parameters.ts";
import { python } from "./start.ts";

const names = python.builtins.method("dict", kw({ __name__: "clusterfit_deno_python" }));
const code = python.builtins.method("compile", source, "<clusterfit/deno-python>", "exec");
python.builtins.method("exec", code, names);
const [makeCallback, makeThrown] = ["callback", "thrown"].map((name) =>
  (names as Reference).item(name) as Reference
) as [Reference, Reference];

/** The function whose name and signature a callable has. */
type Original = (...args: never[]) => unknown;

/** A Python callable that calls `called`, with the name and the signature of `callback`. */
export function callableOf(
  called: (...args: never[]) => Convertible | Promise<Convertible>,
  callback: Original,
  isMethod: boolean,
): Reference {
  Object.defineProperty(called, "name", { value: callback.name });
  return makeCallback.call(called as never, [...writtenOf(callback)], isMethod) as Reference;
}

const known = new WeakMap<Original, readonly string[]>();

/** The parameters as callback.py reads them. */
function writtenOf(callback: Original): readonly string[] {
  let written = known.get(callback);
  if (written === undefined) {
    written = parametersOf(callback).map(({ name, optional, rest }) =>
      `${rest ? "*" : ""}${name ?? ""}${optional ? "=" : ""}`
    );
    known.set(callback, written);
  }
  return written;
}

/** What makes Python raise a RuntimeError whose cause is the JS error, when a function throws it. */
export function toPythonError(error: unknown): unknown {
  using cause = unconverted.exception(error);
  return unconverted.error(makeThrown.call(cause) as Reference);
}
