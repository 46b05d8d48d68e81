/** A safetensors file of that header, and behind it these bytes (https://huggingface.co/docs/safetensors). */
export function safetensorsFile(header: unknown, numbers: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + numbers.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(numbers, 8 + text.length);
  return file;
}
