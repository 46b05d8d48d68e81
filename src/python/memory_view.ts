/** JS memory as a `memoryview`. With the GIL held. */
import { check } from "./check.ts";
import { c } from "./library.ts";
import { addressOfView } from "./memory.ts";

/** A new reference to a writable memoryview of JS memory, which the caller must keep alive. */
export function newMemoryView(view: ArrayBufferView): bigint {
  const writable = 0x200; // PyBUF_WRITE
  return check(
    c.PyMemoryView_FromMemory(addressOfView(view), BigInt(view.byteLength), writable),
  );
}
