/** Artifacts of the kind "parts": which row of a target's dataset is in which part. */
import { join } from "node:path";
import { z } from "zod";
import type { Artifact } from "../pipeline/stage.ts";
import { readCard, writeCard } from "../pipeline/card.ts";
import type { DataServices } from "./services.ts";
import { perSplit, type Split, splits } from "./split.ts";

/** {part uint8 [N]}: for each row, the place of its part in `splits`. */
export const partsFile = "parts.safetensors";

/** `parts.json`: rows of each part. */
export const partsSchema = z.object(perSplit(() => z.int().positive()));
export type PartsCard = z.infer<typeof partsSchema>;

/** Writes `parts.safetensors` and `parts.json`; gives their names. `parts`: one per row. */
export async function writeParts(
  dir: string,
  { engine }: DataServices,
  parts: readonly Split[],
): Promise<readonly string[]> {
  const part = Uint8Array.from(parts, (split) => splits.indexOf(split));
  const card = partsSchema.parse(perSplit((split) => rowsOf(split, part).length));
  await engine.tensors.save(join(dir, partsFile), { part: { data: part, shape: [part.length] } });
  return [partsFile, await writeCard(dir, "parts.json", card)];
}

export function readParts(artifact: Artifact<"parts">): Promise<PartsCard> {
  return readCard(artifact, "parts.json", partsSchema);
}

/** The rows of one part, in the order of the dataset. `part` is the tensor of `partsFile`. */
export function rowsOf(split: Split, part: ArrayLike<number>): readonly number[] {
  const index = splits.indexOf(split);
  return Array.from(part).flatMap((value, row) => value === index ? [row] : []);
}
