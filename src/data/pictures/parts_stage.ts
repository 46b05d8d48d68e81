/** Stage: the parts of the pictures of a target that came through the index. */
import { defineStage, type Stage } from "../../pipeline/stage.ts";
import { writeParts } from "../parts.ts";
import type { DataServices } from "../services.ts";
import { labelsAt } from "./labels_at.ts";
import { digestOf, survivors } from "./survivors.ts";
import { checkTarget, type TargetPlan } from "./target_plan.ts";

export type PicturePartsConfig = {
  /** SHA-256 of the names and parts of the collection. */
  readonly parts: string;
  /** Of the packages that decide the bytes of the files. */
  readonly versions: Readonly<Record<string, string>>;
};

export function partsConfig(
  { collection, parts }: TargetPlan,
  versions: PicturePartsConfig["versions"],
): PicturePartsConfig {
  return { parts: digestOf(collection, parts, []), versions };
}

/** Parts of the rows of `data`. They were decided before it, so a bad picture moves no other. Fails with a UserError
 * where so many were bad that no target is left. */
export function partPictures(
  { name, collection, labels, parts }: TargetPlan,
): Stage<PicturePartsConfig, { readonly data: "dataset" }, "parts", DataServices> {
  return defineStage<PicturePartsConfig, { readonly data: "dataset" }, "parts", DataServices>({
    name: "pictures.parts",
    version: 1,
    inputs: { data: "dataset" },
    output: "parts",
    async run({ inputs, dir, services }) {
      const rows = await survivors(inputs.data, collection);
      const left = rows.map((row) => parts[row]!);
      checkTarget(name, labelsAt(labels, rows), left);
      return await writeParts(dir, services, left);
    },
  });
}
