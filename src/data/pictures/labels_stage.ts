/** Stage: the labels of the pictures of a target that came through the index. */
import { defineStage, type Stage } from "../../pipeline/stage.ts";
import { writeLabels } from "../labels.ts";
import type { DataServices } from "../services.ts";
import { labelsAt } from "./labels_at.ts";
import type { PictureLabels } from "./collection.ts";
import { digestOf, survivors } from "./survivors.ts";
import type { TargetPlan } from "./target_plan.ts";

export type PictureLabelsConfig = {
  readonly title: string;
  readonly kind: "single" | "multi";
  /** SHA-256 of the names, labels and classes of the collection. */
  readonly labels: string;
  /** Of the packages that decide the bytes of the files. */
  readonly versions: Readonly<Record<string, string>>;
};

/** Pictures, and a label of each. */
export type LabelledPictures = Pick<TargetPlan, "name" | "collection" | "labels">;

export function labelsConfig(
  { name, collection, labels }: LabelledPictures,
  versions: PictureLabelsConfig["versions"],
): PictureLabelsConfig {
  const { kind, names } = labels;
  return { title: name, kind, labels: digestOf(collection, saidOf(labels), names), versions };
}

/** Of each picture: its labels, with those that are difficult where there are any. */
function saidOf(labels: PictureLabels): readonly unknown[] {
  if (labels.kind === "single" || !labels.difficult) return labels.labels;
  return labels.labels.map((ofOne, row) => [ofOne, labels.difficult![row]]);
}

/** Labels of the rows of `data`, whose names are those of pictures of the plan. */
export function labelPictures(
  { collection, labels }: LabelledPictures,
): Stage<PictureLabelsConfig, { readonly data: "dataset" }, "labels", DataServices> {
  return defineStage<PictureLabelsConfig, { readonly data: "dataset" }, "labels", DataServices>({
    name: "pictures.labels",
    version: 1,
    inputs: { data: "dataset" },
    output: "labels",
    async run({ config: { title }, inputs, dir, services }) {
      const rows = await survivors(inputs.data, collection);
      return await writeLabels(dir, services, { title, ...labelsAt(labels, rows) });
    },
  });
}
