/** Memory shared with C: scratch space at fixed addresses, and reads from C's memory. */
import { c } from "./library.ts";

/** Address of the first byte of a view; V8 moves its buffer off the JS heap, so that it stays fixed. */
export function addressOfView(view: ArrayBufferView): bigint {
  const pointer = view.buffer.byteLength === 0 ? null : Deno.UnsafePointer.of(view as BufferSource);
  return Deno.UnsafePointer.value(pointer);
}

// Addresses of scratch space are taken once: a "buffer" argument costs twice as much as a number.
const head = new Uint32Array(new ArrayBuffer(16));
const headAddress = addressOfView(head);

/** `ob_type` of a Python object as a number (user space addresses fit into 53 bits). */
export function typeOf(address: bigint): number {
  c.memcpy(headAddress, address, 16n);
  return head[3]! * 0x1_0000_0000 + head[2]!;
}

/** Copies `length` bytes of C's memory. */
export function copyFrom(address: bigint, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  if (length > 0) c.copyInto(bytes, address, BigInt(length));
  return bytes;
}

/** A C string. */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}
