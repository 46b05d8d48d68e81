/** The helper package in Python (the folder bridge), loaded once per isolate. */
import { modules } from "./bridge.ts";
import { call } from "./call.ts";
import { check } from "./check.ts";
import { interned } from "./interned.ts";
import type { Arguments } from "./keywords.ts";
import { c } from "./library.ts";
import { cString } from "./memory.ts";

let namespace = 0n;

/** Loads the modules as a package of this isolate's own; other isolates of the process have theirs. */
export function loadHelper(): void {
  const name = `clusterfit_bridge_${crypto.randomUUID().slice(0, 8)}`;
  for (const [module, source] of Object.entries(modules)) {
    const full = module === "__init__" ? name : `${name}.${module}`;
    namespace = load(full, source, `<${name}>/${module}.py`);
  }
}

/** The globals of a new module, never freed. Python recognises a package by its file name. */
function load(name: string, source: string, file: string): bigint {
  const code = check(c.Py_CompileString(cString(source), cString(file), 257));
  try {
    const module = check(c.PyImport_ExecCodeModule(cString(name), code));
    const globals = c.PyModule_GetDict(module);
    c.Py_IncRef(globals);
    c.Py_DecRef(module);
    return globals;
  } finally {
    c.Py_DecRef(code);
  }
}

/** A borrowed reference to what the package exports under a name; never freed. */
export function helper(name: string): bigint {
  return check(c.PyDict_GetItemWithError(namespace, interned(name)));
}

/** Calls a function of the package; the result is a new reference. */
export function callHelper(name: string, ...args: Arguments): bigint {
  return call(helper(name), args);
}
