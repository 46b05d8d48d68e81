/** Stages: a dataset of some rows of another, and what they are labelled with. Both draw the same rows. */
import { join } from "node:path";
import { type Artifact, defineStage } from "../pipeline/stage.ts";
import { type CommonestDraw, drawCommonest } from "./commonest.ts";
import { imagesFile, readDataset, writeDatasetCard } from "./dataset.ts";
import { labelsFile, readLabels, writeLabels } from "./labels.ts";
import type { DataServices } from "./services.ts";

export type SubsetConfig = CommonestDraw & {
  /** Of the packages that decide the bytes of the files. */
  readonly versions: Readonly<Record<string, string>>;
};

/** Of a dataset whose pixels are in `imagesFile`. */
export const takeImages = defineStage<
  SubsetConfig,
  { readonly data: "dataset"; readonly labels: "labels" },
  "dataset",
  DataServices
>({
  name: "subset.images",
  version: 1,
  inputs: { data: "dataset", labels: "labels" },
  output: "dataset",
  async run({ config, inputs, dir, services }) {
    const { rows } = await drawn(inputs.labels, config, services);
    const { tensors } = services.engine;
    using file = await tensors.load(inputs.data.file(imagesFile));
    using images = tensors.take(file.get("images"), rows);
    await tensors.save(join(dir, imagesFile), { images });
    const { sources, ...facts } = await readDataset(inputs.data);
    const own = { rows: rows.length, sources: rows.map((row) => sources[row]!) };
    return [imagesFile, await writeDatasetCard(dir, { ...facts, ...own })];
  },
});

/** One label of each row; only those that count are classes. */
export const takeLabels = defineStage<
  SubsetConfig,
  { readonly labels: "labels" },
  "labels",
  DataServices
>({
  name: "subset.labels",
  version: 1,
  inputs: { labels: "labels" },
  output: "labels",
  async run({ config, inputs, dir, services }) {
    const { card, classes, labels } = await drawn(inputs.labels, config, services);
    return await writeLabels(dir, services, {
      title: card.title,
      kind: "single",
      names: classes.map((label) => card.names?.[label] ?? String(label)),
      labels,
    });
  },
});

async function drawn(labels: Artifact<"labels">, draw: CommonestDraw, { engine }: DataServices) {
  const card = await readLabels(labels);
  using file = await engine.tensors.load(labels.file(labelsFile));
  const values = engine.tensors.toArray(file.get("labels"));
  const given = card.kind === "single"
    ? Array.from(values, (label) => [label])
    : Array.from({ length: card.rows }, (_, row) => {
      const own = values.subarray(row * card.classes, (row + 1) * card.classes);
      return Array.from(own, (has, label) => has === 1 ? [label] : []).flat();
    });
  return { card, ...drawCommonest(given, card.classes, draw) };
}
