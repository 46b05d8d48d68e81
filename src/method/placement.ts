import type { Versions } from "./versions.ts";

/** Where a stage computes, and by what. Part of its config, hence of its key: other threads, other bytes. */
export type PlacementConfig = {
  readonly device: string;
  readonly precision: "float32" | "bfloat16";
  readonly threads: number;
  /** Pictures per forward pass. */
  readonly batchSize: number;
  readonly versions: Versions;
};
