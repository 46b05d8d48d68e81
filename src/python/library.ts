/** The C library once it is open. */
import { openOf310 } from "./library_3_10.ts";
import { type CApi, symbols } from "./symbols.ts";

/** CPython's C API. Only to be called with the GIL held (see gil.ts), but for starting. */
export let c: CApi;

/** Opens libpython for this process; extension modules find its symbols in the global scope. */
export function openLibrary(libpython: string): void {
  c = lacksVectorcall(libpython) ? openOf310(libpython) : Deno.dlopen(libpython, symbols).symbols;
  const now = 2;
  const global = Deno.build.os === "darwin" ? 0x8 : 0x100;
  c.dlopen(new TextEncoder().encode(`${libpython}\0`), now | global);
}

function lacksVectorcall(libpython: string): boolean {
  const question = {
    PyObject_Vectorcall: { ...symbols.PyObject_Vectorcall, optional: true },
  } as const;
  return Deno.dlopen(libpython, question).symbols.PyObject_Vectorcall === null;
}
