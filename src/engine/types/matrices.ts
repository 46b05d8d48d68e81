/** `clusterfit.matrices`: matrices in files of others. */
import type { Scratch } from "./options.ts";
import type { Tensor } from "./tensors.ts";

export interface MatricesCalls {
  /** float32 [N, D] from an npy file (`tensor` null) or from a tensor of a safetensors file. It stays in the file;
   * other floats, and other orders, are converted. */
  load(path: string, tensor: string | null, scratch?: Scratch): Promise<Tensor>;
}
