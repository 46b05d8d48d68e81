/** The calls into `clusterfit.pretrained`. */
import type { JobOptions } from "./options.ts";
import type { Reading } from "./view.ts";

/** What became of somebody else's checkpoint. */
export interface Imported {
  readonly arch: string;
  /** Which kind it was, for people. */
  readonly layout: string;
  /** Of the trunk: all of them were found. */
  readonly weights: number;
  /** Names of weights behind the features, left out. */
  readonly heads: readonly string[];
  /** Tensors of each other part: optimisers, a second network. */
  readonly others: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

/** Networks that were trained elsewhere, written to `out` as safetensors with what they are in the metadata.
 * `reading`: how they read images; null: what the weights' own metadata say. Progress is in bytes that come
 * from the network. */
export interface PretrainedCalls {
  fromCheckpoint(
    path: string,
    arch: string | null,
    out: string,
    reading: Reading,
  ): Promise<Imported>;
  fromEfficientNet(out: string): Promise<Imported>;
  fromFolder(folder: string, out: string, reading: Reading | null): Promise<Imported>;
  fromTimm(
    arch: string,
    file: string | null,
    out: string,
    reading: Reading | null,
    job: JobOptions,
  ): Promise<Imported>;
  fromTorchvision(
    arch: string,
    weights: string | null,
    out: string,
    reading: Reading | null,
    job: JobOptions,
  ): Promise<Imported>;
  fromTransformers(
    place: string,
    pool: string | null,
    out: string,
    reading: Reading | null,
    job: Pick<JobOptions, "signal">,
  ): Promise<Imported>;
}
