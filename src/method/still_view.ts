/** How people are shown the rows of a data set. */
import type { DatasetFacts } from "../data/dataset.ts";
import { asStored, type View } from "../models/view.ts";

/** One picture of each row, of clips the frame in the middle: small ones as they are stored, those of any size resized
 * to `side` pixels. */
export function stillView(
  { frames, pictures, videos }: Pick<DatasetFacts, "frames" | "pictures" | "videos">,
  side: number,
): View {
  const still = frames !== undefined || videos ? { ...asStored, frames: 1 } : asStored;
  return pictures || videos ? { ...still, size: side } : still;
}
