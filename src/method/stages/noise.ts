/** Stage: a share of the labels replaced by other classes, drawn uniformly (paper, section 3.2). */
import { checkSingle, labelsFile, readLabels, writeLabels } from "../../data/labels.ts";
import { hash32, shuffled, uniform } from "../../data/draw.ts";
import { defineStage } from "../../pipeline/stage.ts";
import type { Services } from "../services.ts";
import type { Versions } from "../versions.ts";

export type NoiseConfig = {
  /** Of the labels, percent. */
  readonly percent: number;
  readonly seed: number;
  readonly versions: Versions;
};

export const addNoise = defineStage<NoiseConfig, { readonly labels: "labels" }, "labels", Services>(
  {
    name: "label-noise",
    version: 1,
    inputs: { labels: "labels" },
    output: "labels",
    async run({ config, inputs, dir, services }) {
      const card = await readLabels(inputs.labels);
      checkSingle(card, "add noise");
      using file = await services.engine.tensors.load(inputs.labels.file(labelsFile));
      const clean = [...services.engine.tensors.toArray(file.get("labels"))];
      return await writeLabels(dir, services, {
        title: `${card.title}, ${config.percent}% noise`,
        kind: "single",
        names: card.names ?? Array.from({ length: card.classes }, (_, label) => `${label}`),
        labels: noisy(clean, { classes: card.classes, percent: config.percent, seed: config.seed }),
      });
    },
  },
);

/** `labels` with exactly `percent` of them (rounded) replaced, each by one of the other classes. The rows that
 * are replaced, and what by, depend on the seed and the row only: more noise adds rows. */
export function noisy(
  labels: readonly number[],
  { classes, percent, seed }: {
    readonly classes: number;
    readonly percent: number;
    readonly seed: number;
  },
): number[] {
  const replaced = shuffled(seed, labels.keys(), (row) => `row ${row}`)
    .slice(0, Math.round(labels.length * percent / 100));
  const result = [...labels];
  for (const row of replaced) {
    const other = Math.floor(uniform(hash32(seed, "class"), `row ${row}`) * (classes - 1));
    result[row] = other + (other >= (labels[row] ?? 0) ? 1 : 0);
  }
  return result;
}
