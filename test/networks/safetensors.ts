/** Small safetensors files. */

/** One tensor of four bytes, and that metadata. */
export function safetensors(metadata: unknown): Uint8Array<ArrayBuffer> {
  const header = JSON.stringify({
    ...(metadata !== undefined &&
      { __metadata__: { clusterfit: JSON.stringify(metadata) } }),
    weight: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
  });
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + 4);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}
