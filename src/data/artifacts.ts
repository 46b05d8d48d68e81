/** The two kinds of artifact that data stages write: pictures to pre-train on, and targets. */
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "../pipeline/files.ts";
import type { DataServices, HostArray } from "./services.ts";
import { type Split, splits } from "./split.ts";

/** Rows of one tensor file: uint8 [N, height, width, 3] and one class index per picture. */
export interface LabelledImages {
  readonly height: number;
  readonly width: number;
  /** N * height * width * 3 bytes, row-major. */
  readonly pixels: Uint8Array;
  readonly labels: readonly number[];
}

const countSchema = z.int().nonnegative();

/** `images.json` of an artifact of the kind "images". */
export const imagesSchema = z.object({
  title: z.string(),
  images: countSchema,
  /** Class names of `labels`: the noisy hashtags. */
  classes: z.array(z.string()),
  /** Token -> images of the pool it was drawn from that carry it. */
  seen: z.record(z.string(), countSchema),
  /** One per picture: where it comes from, and the SHA-256 of its pixels. */
  rows: z.array(z.object({ source: z.string(), digest: z.string() })),
});
export type Images = z.infer<typeof imagesSchema>;

/** `target.json` of an artifact of the kind "target". */
export const targetSchema = z.object({
  title: z.string(),
  classes: z.array(z.string()),
  /** Pictures of each part. */
  train: countSchema,
  validation: countSchema,
  test: countSchema,
  /** Where each picture comes from, part by part. */
  sources: z.object({
    train: z.array(z.string()),
    validation: z.array(z.string()),
    test: z.array(z.string()),
  }),
});
export type TargetFile = z.infer<typeof targetSchema>;

/** Writes `images.safetensors` {images uint8 [N, H, W, 3], labels int64 [N]} and `images.json`. */
export async function writeImages(
  dir: string,
  services: DataServices,
  tensors: LabelledImages,
  description: Images,
): Promise<readonly string[]> {
  await services.engine.tensors.save(join(dir, "images.safetensors"), tensorsOf(tensors));
  await writeJson(join(dir, "images.json"), description);
  return ["images.safetensors", "images.json"];
}

/** Writes `train.safetensors`, `validation.safetensors`, `test.safetensors`, each {images uint8
 * [N, H, W, 3], labels int64 [N]}, and `target.json`. */
export async function writeTarget(
  dir: string,
  services: DataServices,
  parts: Readonly<Record<Split, LabelledImages>>,
  description: TargetFile,
): Promise<readonly string[]> {
  for (const split of splits) {
    const path = join(dir, `${split}.safetensors`);
    await services.engine.tensors.save(path, tensorsOf(parts[split]));
  }
  await writeJson(join(dir, "target.json"), description);
  return [...splits.map((split) => `${split}.safetensors`), "target.json"];
}

function tensorsOf(images: LabelledImages): Record<string, HostArray> {
  const { height, width, pixels, labels } = images;
  return {
    images: { data: pixels, shape: [labels.length, height, width, 3] },
    labels: { data: BigInt64Array.from(labels, BigInt), shape: [labels.length] },
  };
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(value)}\n`);
}
