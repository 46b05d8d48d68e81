/** Artifacts of the kind "dataset": rows of pixels, and where each comes from. They carry no labels. */
import { join } from "node:path";
import { z } from "zod";
import type { Artifact } from "../pipeline/stage.ts";
import { readCard, writeCard } from "../pipeline/card.ts";
import type { DataServices } from "./services.ts";

/** {images uint8 [N, height, width, 3]}. */
export const imagesFile = "images.safetensors";

/** `dataset.json`. */
export const datasetSchema = z.object({
  title: z.string(),
  rows: z.int().positive(),
  /** Where each row comes from: `mdi:home`. */
  sources: z.array(z.string()),
}).refine(({ rows, sources }) => sources.length === rows, "one source for each row is needed");
export type Dataset = z.infer<typeof datasetSchema>;

export interface Images {
  readonly height: number;
  readonly width: number;
  /** N * height * width * 3 bytes (NHWC), row-major. */
  readonly pixels: Uint8Array;
}

/** Writes `images.safetensors` and `dataset.json`, one row for each source; gives their names. */
export async function writeDataset(
  dir: string,
  { engine }: DataServices,
  { height, width, pixels }: Images,
  { title, sources }: { readonly title: string; readonly sources: readonly string[] },
): Promise<readonly string[]> {
  const card = datasetSchema.parse({ title, rows: sources.length, sources });
  await engine.tensors.save(join(dir, imagesFile), {
    images: { data: pixels, shape: [card.rows, height, width, 3] },
  });
  return [imagesFile, await writeCard(dir, "dataset.json", card)];
}

export function readDataset(artifact: Artifact<"dataset">): Promise<Dataset> {
  return readCard(artifact, "dataset.json", datasetSchema);
}
