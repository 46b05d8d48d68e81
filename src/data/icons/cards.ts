/** `icons.json`: what a dataset of icons knows of its rows beside their images. Its labels and parts are made
 * of it, so nothing is chosen or rendered twice. */
import { z } from "zod";
import type { Artifact } from "../../pipeline/stage.ts";
import { readCard, writeCard } from "../../pipeline/card.ts";
import { splits } from "../split.ts";

const file = "icons.json";
const indexSchema = z.int().nonnegative();

export const pretrainingCardSchema = z.object({
  /** SHA-256 of each row's pixels, hex. */
  digests: z.array(z.string()),
  /** Token -> icons of the pool that the rows were drawn from which carry it. A word that is not here was
   * held out. */
  seen: z.record(z.string(), z.int().positive()),
  hashtags: z.object({
    /** Sorted. */
    names: z.array(z.string()),
    /** One index into `names` per row: drawn once among those that the icon carries. */
    labels: z.array(indexSchema),
  }),
});
export type PretrainingCard = z.infer<typeof pretrainingCardSchema>;

export const targetCardSchema = z.object({
  /** The part of each row. */
  parts: z.array(z.enum(splits)),
  /** What the rows were chosen for. */
  chosen: z.object({
    /** Sorted. */
    classes: z.array(z.string()),
    /** One index into `classes` per row. */
    labels: z.array(indexSchema),
  }),
  /** All tokens of each row's icon, in its name or an alias. */
  tokens: z.array(z.array(z.string())),
});
export type TargetCard = z.infer<typeof targetCardSchema>;

export function writePretrainingCard(dir: string, card: PretrainingCard): Promise<string> {
  return writeCard(dir, file, card);
}

export function readPretrainingCard(artifact: Artifact<"dataset">): Promise<PretrainingCard> {
  return readCard(artifact, file, pretrainingCardSchema);
}

export function writeTargetCard(dir: string, card: TargetCard): Promise<string> {
  return writeCard(dir, file, card);
}

export function readTargetCard(artifact: Artifact<"dataset">): Promise<TargetCard> {
  return readCard(artifact, file, targetCardSchema);
}
