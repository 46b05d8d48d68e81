/** A data set of a few rows that needs no drawing: images, names as labels, two targets. */
import { writeDataset } from "../../src/data/dataset.ts";
import { writeLabels } from "../../src/data/labels.ts";
import { writeParts } from "../../src/data/parts.ts";
import { splits } from "../../src/data/split.ts";
import { subsetsOf } from "../../src/data/subset.ts";
import type { Target } from "../../src/data/target.ts";
import type { World } from "../../src/data/world.ts";
import type { Services } from "../../src/method/services.ts";
import { type Node, node } from "../../src/pipeline/graph.ts";
import { defineStage } from "../../src/pipeline/stage.ts";

const rows = defineStage<{ name: string; rows: number }, Record<never, never>, "dataset", Services>(
  {
    name: "toy.rows",
    version: 1,
    inputs: {},
    output: "dataset",
    run: ({ config: { name, rows }, dir, services }) =>
      writeDataset(
        dir,
        services,
        { height: 1, width: 1, pixels: new Uint8Array(rows * 3) },
        { title: name, sources: Array.from({ length: rows }, (_, row) => `${name}:${row}`) },
      ),
  },
);

const names = defineStage<
  { classes: number; rows: number },
  { data: "dataset" },
  "labels",
  Services
>({
  name: "toy.labels",
  version: 1,
  inputs: { data: "dataset" },
  output: "labels",
  run: ({ config: { classes, rows }, dir, services }) =>
    writeLabels(dir, services, {
      title: "Names",
      kind: "single",
      names: Array.from({ length: classes }, (_, name) => `name ${name}`),
      labels: Array.from({ length: rows }, (_, row) => row % classes),
    }),
});

const parts = defineStage<{ rows: number }, { data: "dataset" }, "parts", Services>({
  name: "toy.parts",
  version: 1,
  inputs: { data: "dataset" },
  output: "parts",
  run: ({ config, dir, services }) =>
    writeParts(
      dir,
      services,
      Array.from({ length: config.rows }, (_, row) => splits[row % splits.length] ?? "train"),
    ),
});

export function toyData(name: string, size: number): Node<"dataset", Services> {
  return node(rows, { id: name, title: name, config: { name, rows: size }, inputs: {} });
}

export function toyLabels(
  data: Node<"dataset", Services>,
  classes: number,
  name = "labels",
): Node<"labels", Services> {
  const { rows } = data.config as { rows: number };
  return node(names, {
    id: `${data.id}.${name}`,
    title: `${data.id} labels`,
    config: { classes, rows },
    inputs: { data },
  });
}

export function toyTarget(name: string, size = 12): Target {
  const data = toyData(`target.${name}`, size);
  return {
    name,
    title: `Target ${name}`,
    metric: "top-1",
    probe: "logistic",
    data,
    labels: toyLabels(data, 3),
    parts: node(parts, {
      id: `${data.id}.parts`,
      title: `${data.id} parts`,
      config: { rows: size },
      inputs: { data },
    }),
  };
}

/** Twenty rows and targets of these names, those of the default job unless given. */
export function toyWorld(
  targets = ["held-out-families", "unseen-names", "emoji-identity", "emoji-category"],
): World {
  const data = toyData("toy", 20);
  const labels = {
    hashtags: toyLabels(data, 4),
    modifiers: toyLabels(data, 3, "modifiers"),
    "target-names": toyLabels(data, 5, "target-names"),
  };
  return {
    rows: 20,
    data,
    labels,
    subset: subsetsOf({ data, labels }, { dataSeed: 1, versions: {} }),
    targets: Object.fromEntries(targets.map((name) => [name, toyTarget(name)])),
    layerwiseTarget: targets.at(-1) ?? "",
    sources: [],
  };
}

/** Rows that are clips of 8 frames, with tags; they cannot be read. */
export function toyClips(targets = ["verbs", "actions", "motions"]): World {
  const world = toyWorld(targets);
  return { ...world, frames: 8, labels: { tags: toyLabels(world.data, 4) }, layerwiseTarget: null };
}
