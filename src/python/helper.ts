/** The Python side of the bridge (bridge.py), loaded once per isolate. */
import source from "./bridge.py" with { type: "text" };
import { type Arguments, call } from "./call.ts";
import { check, checkStatus } from "./check.ts";
import { interned } from "./interned.ts";
import { c } from "./library.ts";
import { cString } from "./memory.ts";
import { withNew } from "./to_python.ts";

let namespace = 0n;

/** Runs bridge.py in a namespace of its own. */
export function loadHelper(): void {
  const name = "clusterfit.bridge";
  const code = check(c.Py_CompileString(cString(source), cString(`<${name}>`), 257));
  namespace = check(c.PyDict_New());
  withNew(name, (value) => c.PyDict_SetItem(namespace, interned("__name__"), value));
  checkStatus(
    c.PyDict_SetItem(namespace, interned("__builtins__"), c.PyEval_GetBuiltins()),
  );
  c.Py_DecRef(check(c.PyEval_EvalCode(code, namespace, namespace)));
  c.Py_DecRef(code);
}

/** A global of bridge.py, borrowed for ever. */
export function helper(name: string): bigint {
  return check(c.PyDict_GetItemWithError(namespace, interned(name)));
}

/** Calls a function of bridge.py; the result is a new reference. */
export function callHelper(name: string, ...args: Arguments): bigint {
  return call(helper(name), args);
}
