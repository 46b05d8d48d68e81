/** The C library once it is open. */
import { symbols } from "./symbols.ts";

type CApi = Deno.DynamicLibrary<typeof symbols>["symbols"];

/** CPython's C API. Only to be called with the GIL held (see gil.ts), but for starting. */
export let c: CApi;

/** Opens libpython for this process; extension modules find its symbols in the global scope. */
export function openLibrary(libpython: string): void {
  c = Deno.dlopen(libpython, symbols).symbols;
  const now = 2;
  const global = Deno.build.os === "darwin" ? 0x8 : 0x100;
  c.dlopen(new TextEncoder().encode(`${libpython}\0`), now | global);
}
