/** The header of a safetensors file (https://huggingface.co/docs/safetensors): which tensors are in it, and where. */

export interface SafetensorsHeader {
  /** As `JSON.parse` gives it. */
  // deno-lint-ignore no-explicit-any -- nothing of it is checked: whoever reads it does
  readonly json: any;
  /** The byte that the numbers of the tensors begin at. */
  readonly begin: number;
}

/** Bytes that a header has at most: the library's own limit. */
const mostBytes = 100_000_000;

/** `read`: the next bytes of a file that stands at its beginning. Rejects where they are no such header. */
export async function readSafetensorsHeader(
  read: (count: number) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<SafetensorsHeader> {
  const size = Number(new DataView((await read(8)).buffer).getBigUint64(0, true));
  if (size > mostBytes) throw new Error("another format");
  return { json: JSON.parse(new TextDecoder().decode(await read(size))), begin: 8 + size };
}
