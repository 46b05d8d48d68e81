/** How networks read rows that are clips. */
import { z } from "zod";
import type { World } from "../data/world.ts";
import { asStored, type View } from "../models/view.ts";
import { UserError } from "../pipeline/errors.ts";

const positive = z.int().positive();

export const clipSchema = z.strictObject({
  /** That follow each other and are read at once. A network is trained on those from any place of a row on: temporal
   * jitter (paper, section 4.1.2). */
  frames: positive.default(4),
  /** Clips of a row, evenly spread, whose features are averaged (likewise); fewer where a row has not so many. */
  average: positive.default(6),
});

type ClipSettings = z.infer<typeof clipSchema>;

/** How a network reads the rows of a data set: pictures as they are stored, or clips of `frames` each. Throws a UserError
 * where its rows are shorter. */
export function viewOf(
  { frames: stored }: Pick<World, "frames">,
  { frames, average }: ClipSettings = clipSchema.parse({}),
): View {
  if (stored === undefined) return asStored;
  if (frames > stored) {
    throw new UserError(
      `Cannot read clips of ${frames} frames: it needs ${stored} or fewer, as many as there are in each row. ` +
        "Change clips.frames.",
    );
  }
  return { ...asStored, frames, clips: Math.min(average, stored - frames + 1) };
}
