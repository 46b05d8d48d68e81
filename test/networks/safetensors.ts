/** Small safetensors files. */
import { safetensorsFile } from "../safetensors_file.ts";

/** One tensor of four bytes, and that metadata. */
export function safetensors(metadata: unknown): Uint8Array<ArrayBuffer> {
  const header = {
    ...(metadata !== undefined &&
      { __metadata__: { clusterfit: JSON.stringify(metadata) } }),
    weight: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
  };
  return safetensorsFile(header, new Uint8Array(4));
}
