/** The metadata of a pre-trained network that was made a file of ours (`write` in
 * py/clusterfit/pretrained/network_file.py). */
import { z } from "zod";
import type { NetworkFile } from "../models/network_file.ts";
import { hashFile } from "../pipeline/files.ts";
import { readMetadata } from "./header.ts";

/** A pre-trained network, and what people want to know of it. */
export interface PretrainedNetwork extends NetworkFile {
  /** As its library names it; null where nobody says. */
  readonly licence: string | null;
  /** Where we do otherwise than its library: sentences without an end. */
  readonly notes: readonly string[];
}

const three = z.tuple([z.number(), z.number(), z.number()]);

export const preprocessingShape = {
  resize: z.int().positive(),
  interpolation: z.enum(["bilinear", "bicubic", "lanczos"]),
  mean: three,
  std: three,
};

const metadataSchema = z.object({
  arch: z.string(),
  width: z.int().nullable(),
  heads: z.record(z.string(), z.int()),
  size: z.int().positive(),
  preprocessing: z.object(preprocessingShape),
  /** Name and channels, the first to the last. */
  layers: z.array(z.tuple([z.string(), z.int()])).min(1),
  title: z.string(),
  licence: z.string().nullable(),
  notes: z.array(z.string()),
});

/** Reads such a file; undefined where it is another safetensors file. Throws a UserError where it is none. */
export async function readPretrained(path: string): Promise<PretrainedNetwork | undefined> {
  const parsed = metadataSchema.safeParse(await readMetadata(path));
  if (!parsed.success) return undefined;
  const { arch, width, layers, ...rest } = parsed.data;
  const { sha256 } = await hashFile(path);
  return { path, sha256, backbone: { arch, width }, layers: Object.fromEntries(layers), ...rest };
}
