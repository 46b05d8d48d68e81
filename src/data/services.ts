/** What data stages need from outside: somewhere to put tensors, a decoder of pictures and videos, and pictures that packages
 * carry. The engine has them; tests bring their own. */
import type { Engine, Tensor } from "../engine/engine.ts";

/** A dense row-major array: `Uint8Array` becomes torch.uint8, `BigInt64Array` torch.int64. */
export interface HostArray {
  readonly data: Uint8Array | BigInt64Array;
  readonly shape: readonly number[];
}

/**
 * What data stages use of {@linkcode Services}.
 *
 * @internal
 */
export interface DataServices {
  readonly engine: {
    readonly tensors: Pick<Engine["tensors"], "load" | "take" | "toArray"> & {
      /** Writes one safetensors file, whole or not at all; the same input gives the same bytes. */
      save(path: string, tensors: Readonly<Record<string, HostArray | Tensor>>): Promise<void>;
    };
    readonly data: Pick<Engine["data"], "index" | "indexVideos">;
    readonly containers: Pick<Engine["containers"], "digits">;
  };
}
