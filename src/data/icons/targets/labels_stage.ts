/** Stage: the labels of a target's rows. */
import { defineStage } from "../../../pipeline/stage.ts";
import { writeLabels } from "../../labels.ts";
import type { DataServices } from "../../services.ts";
import { readPretrainingCard, readTargetCard } from "../cards.ts";
import type { IconTarget } from "./target.ts";

export type TargetLabelsConfig = {
  /** Name of the target. */
  readonly target: string;
  readonly title: string;
  /** Of the packages that decide the bytes of the files. */
  readonly versions: Readonly<Record<string, string>>;
};

/** The stage of one target: its name, which is in the config, says in the key whose labels they are. */
export const labelTarget = (target: Pick<IconTarget, "labels">) =>
  defineStage<
    TargetLabelsConfig,
    { readonly data: "dataset"; readonly pretraining: "dataset" },
    "labels",
    DataServices
  >({
    name: "icons.target-labels",
    version: 1,
    inputs: { data: "dataset", pretraining: "dataset" },
    output: "labels",
    async run({ config: { title }, inputs, dir, services }) {
      const rows = await readTargetCard(inputs.data);
      const labels = target.labels(rows, await readPretrainingCard(inputs.pretraining));
      return await writeLabels(dir, services, { title, ...labels });
    },
  });
