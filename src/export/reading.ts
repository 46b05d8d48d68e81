/** How pictures become what an exported network reads. */
import { z } from "zod";
import { readDatasetFacts } from "../data/dataset.ts";
import type { Engine } from "../engine/engine.ts";
import { openSource } from "../method/source.ts";
import { stillView } from "../method/still_view.ts";
import { extract } from "../method/stages/extract.ts";
import { measure } from "../method/stages/measure.ts";
import type { Preprocessing, View } from "../models/view.ts";
import type { Artifact } from "../pipeline/stage.ts";
import { type Artifacts, configOf, type Found } from "./artifacts.ts";

/** The shorter side resized to `resize` pixels, the centre of `size` x `size` cut out, then (pixel - mean) / std of
 * pixels from 0 to 1. */
export type Reading = Preprocessing & { readonly size: number };

const triple = z.tuple([z.number(), z.number(), z.number()]);

const configSchema = z.object({
  view: z.object({
    size: z.int().nullable(),
    clips: z.int(),
    frames: z.int().nullable(),
    preprocessing: z.object({
      resize: z.int(),
      interpolation: z.enum(["bilinear", "bicubic", "lanczos"]),
      mean: triple,
      std: triple,
    }).optional(),
  }),
});

/** What networks that are trained here make of pixels from 0 to 255: (pixel - 127.5) / 64. */
const own: Pick<Preprocessing, "interpolation" | "mean" | "std"> = {
  interpolation: "bilinear",
  mean: [0.5, 0.5, 0.5],
  std: [64 / 255, 64 / 255, 64 / 255],
};

/** What frames of videos are resized to, over the square that is cut out of them (py/clusterfit/data/squares.py). */
const margin = 8 / 7;

/** As its own training has it; of a network that came from elsewhere, as those have it that took its features. */
export async function readingOf(
  engine: Pick<Engine, "tensors" | "data">,
  artifacts: Artifacts,
  network: Found,
): Promise<Reading> {
  const reader = network.manifest.stage === "train"
    ? network
    : await artifacts.open(artifacts.readers(network.node, [extract.name, measure.name])[0]!);
  const view: View = configOf(reader, configSchema).view;
  if (view.preprocessing) return { ...view.preprocessing, size: view.size! };
  const size = view.size ?? await storedSize(engine, artifacts, reader);
  const isSquare = view.frames !== null && view.size !== null;
  return { ...own, resize: isSquare ? Math.round(size * margin) : size, size };
}

/** Side of the images of the data set that this node read. */
async function storedSize(
  engine: Pick<Engine, "tensors" | "data">,
  artifacts: Artifacts,
  { node }: Found,
): Promise<number> {
  const [dataset] = await artifacts.inputs(node, "dataset");
  const artifact = dataset!.artifact as Artifact<"dataset">;
  using rows = await openSource(engine, artifact);
  const { frames } = await readDatasetFacts(artifact);
  using first = await engine.data.read(rows.source, [0], stillView({ frames }, 0));
  return first.shape.at(-3)!;
}
