/** Artifacts of the kind "dataset": rows of pixels, and where each comes from. They carry no labels. */
import { join } from "node:path";
import { z } from "zod";
import type { Artifact } from "../pipeline/stage.ts";
import { readCard } from "../pipeline/card.ts";
import { readLongCard, writeLongCard } from "../pipeline/long_card.ts";
import type { DataServices } from "./services.ts";

/** {images uint8 [N, height, width, 3]}, of clips [N, frames, height, width, 3]. */
export const imagesFile = "images.safetensors";

const datasetFile = "dataset.json";

const cardSchema = z.object({
  title: z.string(),
  rows: z.int().positive(),
  /** Where each row comes from: `mdi:home`. */
  sources: z.array(z.string()),
  /** Of clips: frames of each row. */
  frames: z.int().positive().optional(),
  /** Of indexed pictures: how they were decoded, and whether their pixels are in `pixels.bin`. */
  pictures: z.object({
    side: z.int().positive(),
    interpolation: z.enum(["bilinear", "bicubic", "lanczos"]),
    packed: z.boolean(),
  }).optional(),
  /** Whether rows are videos, which are decoded as they are read. */
  videos: z.literal(true).optional(),
});

/** `dataset.json`. */
export const datasetSchema = cardSchema.refine(
  ({ rows, sources }) => sources.length === rows,
  "one source for each row is needed",
);
export type Dataset = z.infer<typeof datasetSchema>;

/** What is said of all rows. */
const factsSchema = cardSchema.omit({ sources: true });
export type DatasetFacts = z.infer<typeof factsSchema>;

export interface Images {
  /** Of clips: frames of each row. */
  readonly frames?: number;
  readonly height: number;
  readonly width: number;
  /** N * height * width * 3 bytes (NHWC), row-major; of clips N * frames * height * width * 3. */
  readonly pixels: Uint8Array;
}

/** Writes `images.safetensors` and `dataset.json`, one row for each source; gives their names. */
export async function writeDataset(
  dir: string,
  { engine }: DataServices,
  { frames, height, width, pixels }: Images,
  { title, sources }: { readonly title: string; readonly sources: readonly string[] },
): Promise<readonly string[]> {
  const rows = sources.length;
  const clips = frames === undefined ? {} : { frames };
  const card = await writeDatasetCard(dir, { title, rows, sources: [...sources], ...clips });
  await engine.tensors.save(join(dir, imagesFile), {
    images: { data: pixels, shape: [rows, ...Object.values(clips), height, width, 3] },
  });
  return [imagesFile, card];
}

/** Writes `dataset.json` alone, for stages that keep the pixels otherwise; gives its name. */
export function writeDatasetCard(dir: string, card: Dataset): Promise<string> {
  return writeLongCard(dir, datasetFile, "sources", datasetSchema.parse(card));
}

export function readDataset(artifact: Artifact<"dataset">): Promise<Dataset> {
  return readCard(artifact, datasetFile, datasetSchema);
}

/** The card without its sources, of which there may be millions: `each` is given them in turn. */
export async function readDatasetFacts(
  artifact: Artifact<"dataset">,
  each: (source: string, row: number) => void = () => {},
): Promise<DatasetFacts> {
  let rows = 0;
  const card = await readLongCard(
    artifact,
    datasetFile,
    "sources",
    (source) => each(source, rows++),
  );
  return factsSchema.refine((facts) => facts.rows === rows, "one source for each row is needed")
    .parse(card);
}
