/** Arrays as numpy.save writes them: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
import { writeFileAtomic } from "../../pipeline/files.ts";

type NpyArray = BigInt64Array | Float32Array;

/** Writes a row-major array of that shape to the file `path`, whole or not at all. */
export async function writeNpy(
  path: string,
  data: NpyArray,
  shape: readonly number[],
): Promise<void> {
  const head = npyHead(data instanceof Float32Array ? "<f4" : "<i8", shape);
  const bytes = new Uint8Array(head.length + data.byteLength);
  bytes.set(head);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), head.length);
  await writeFileAtomic(path, bytes);
}

/** What stands before the numbers: as numpy writes it, 64 bytes or a multiple. */
export function npyHead(type: "<f4" | "<i8", shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new TextEncoder().encode(
    `?NUMPY${"\x01\x00"}??${text.padEnd(length - 11)}\n`,
  );
  bytes[0] = 0x93;
  new DataView(bytes.buffer).setUint16(8, length - 10, true);
  return bytes;
}
