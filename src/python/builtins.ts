/** The builtins that the bridge itself uses, found once. With the GIL held. */
import { check } from "./check.ts";
import { interned } from "./interned.ts";
import { c } from "./library.ts";

const found = new Map<string, bigint>();

/** A borrowed reference to a builtin, which is never freed. */
export function builtin(name: string): bigint {
  let address = found.get(name);
  if (address === undefined) {
    address = check(c.PyDict_GetItemWithError(c.PyEval_GetBuiltins(), interned(name)));
    c.Py_IncRef(address);
    found.set(name, address);
  }
  return address;
}
