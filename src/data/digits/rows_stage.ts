/** Stage: handwritten digits, each in its part (data of another domain than any icon). */
import { z } from "zod";
import { readCard, writeCard } from "../../pipeline/card.ts";
import { type Artifact, defineStage } from "../../pipeline/stage.ts";
import { writeDataset } from "../dataset.ts";
import { shuffled } from "../draw.ts";
import type { DataServices } from "../services.ts";
import { type Split, splits } from "../split.ts";

export type DigitsConfig = {
  /** Of the draw of the parts. */
  readonly dataSeed: number;
  /** Of the packages that decide the bytes of the files. */
  readonly versions: Readonly<Record<string, string>>;
};

/** Side of an image, pixels. */
export const side = 32;

/** Share of the digits to validate on, and to test on. */
const heldOut = 0.2;

const file = "digits.json";
const cardSchema = z.object({
  /** Of each row, 0 to 9. */
  labels: z.array(z.int().min(0).max(9)),
  parts: z.array(z.enum(splits)),
});

/** `digits.json`: what each row shows, and its part. */
export function readDigitsCard(artifact: Artifact<"dataset">): Promise<z.infer<typeof cardSchema>> {
  return readCard(artifact, file, cardSchema);
}

export const digitRows = defineStage<DigitsConfig, Record<never, never>, "dataset", DataServices>({
  name: "digits.rows",
  version: 1,
  inputs: {},
  output: "dataset",
  async run({ config: { dataSeed }, dir, services }) {
    const { pixels, labels } = await services.engine.containers.digits();
    const parts = partsOf(labels, dataSeed);
    return [
      ...await writeDataset(dir, services, { height: side, width: side, pixels }, {
        title: "Handwritten digits",
        sources: labels.map((_, row) => `digits:${row}`),
      }),
      await writeCard(dir, file, cardSchema.parse({ labels, parts })),
    ];
  },
});

/** 60% of each digit to train on, 20% for validation, 20% for the test. */
function partsOf(labels: readonly number[], seed: number): Split[] {
  const parts: Split[] = [];
  for (const rows of Map.groupBy(labels.keys(), (row) => labels[row]).values()) {
    const held = Math.round(heldOut * rows.length);
    shuffled(seed, rows, (row) => `digit ${row}`).forEach((row, at) => {
      parts[row] = at < held ? "test" : at < 2 * held ? "validation" : "train";
    });
  }
  return parts;
}
