/** Stage: which clip of a target is in which part. */
import { readTargetCard } from "../icons/cards.ts";
import { partsStage } from "../parts_stage.ts";

export const partClips = partsStage(
  "clips.parts",
  async (data) => (await readTargetCard(data)).parts,
);
