/** The features that a run took of an exported network. */
import { join } from "node:path";
import { z } from "zod";
import { writeNpyOfTensor } from "../data/matrices/npy_of_tensor.ts";
import { extract, featuresFile } from "../method/stages/extract.ts";
import { layersOf } from "../models/architectures.ts";
import { type Artifacts, configOf, type Found } from "./artifacts.ts";
import type { Exportable } from "./exportable.ts";

/** Writes `features.npy` into `dir`: those of the last layer, where the run took them of a whole data set. */
export async function writeOwnFeatures(
  dir: string,
  artifacts: Artifacts,
  network: Found,
  { card }: Exportable,
): Promise<void> {
  const last = layersOf(card).at(-1)!;
  for (const id of artifacts.readers(network.node, [extract.name])) {
    const features = await artifacts.open(id);
    if (configOf(features, z.object({ layer: z.string() })).layer !== last) continue;
    const file = features.artifact.file(featuresFile);
    return await writeNpyOfTensor(join(dir, "features.npy"), file, "features");
  }
}
