/** Stage: which row of a target is in which part. */
import { partsStage } from "../../parts_stage.ts";
import { readTargetCard } from "../cards.ts";

export const partTarget = partsStage(
  "icons.target-parts",
  async (data) => (await readTargetCard(data)).parts,
);
