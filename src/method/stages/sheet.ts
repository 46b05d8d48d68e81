/** Stage: images of real clusters, for the report: one row a cluster. */
import { join } from "node:path";
import sharp from "sharp";
import { commonNames, wordsOfAll } from "../../data/common_names.ts";
import { readDataset } from "../../data/dataset.ts";
import { labelsFile } from "../../data/labels.ts";
import { writeFileAtomic } from "../../pipeline/files.ts";
import { defineStage } from "../../pipeline/stage.ts";
import type { Services } from "../services.ts";
import { openSource } from "../source.ts";
import { stillView } from "../still_view.ts";
import type { Versions } from "../versions.ts";

export type ContactSheetConfig = {
  /** Clusters shown. */
  readonly rows: number;
  /** Images of each. */
  readonly columns: number;
  /** Of the package that writes the image. */
  readonly versions: Versions;
};

const gap = 4;
/** Side in pixels of pictures; small images are shown as they are stored. */
export const thumbnail = 64;

/** Versions of what writes the image. */
export function sheetVersions(): Versions {
  const { sharp: renderer = "", vips = "" } = sharp.versions;
  return { sharp: renderer, vips };
}

export const contactSheet = defineStage<
  ContactSheetConfig,
  { readonly data: "dataset"; readonly clusters: "labels" },
  "sheet",
  Services
>({
  name: "contact-sheet",
  version: 2,
  inputs: { data: "dataset", clusters: "labels" },
  output: "sheet",
  async run({ config, inputs, dir, services: { engine } }) {
    using rows = await openSource(engine, inputs.data);
    using clusters = await engine.tensors.load(inputs.clusters.file(labelsFile));
    const { sources, ...facts } = await readDataset(inputs.data);
    const members = membersOf([...engine.tensors.toArray(clusters.get("labels"))]);
    const shown = evenlyBySize(members, config.rows);
    const said = wordsOfAll(sources);
    const grid = shown.map(({ members }) => members.slice(0, config.columns));

    const view = stillView(facts, thumbnail);
    using chosen = await engine.data.read(rows.source, grid.flat(), view);
    const [height = 0, width = 0] = chosen.shape.slice(-3);
    const sheet = layOut(grid, engine.tensors.toArray(chosen), {
      height,
      width,
      columns: config.columns,
    });
    const png = await sharp(sheet.pixels, {
      raw: { width: sheet.width, height: sheet.height, channels: 3 },
    }).png().toBuffer();
    await writeFileAtomic(join(dir, "sheet.png"), new Uint8Array(png));
    const card = {
      clusters: shown.map(({ id, members }) => ({
        id,
        size: members.length,
        names: commonNames(members.map((member) => sources[member] ?? ""), said),
      })),
    };
    await writeFileAtomic(join(dir, "sheet.json"), `${JSON.stringify(card)}\n`);
    return ["sheet.png", "sheet.json"];
  },
});

interface Cluster {
  readonly id: number;
  readonly members: readonly number[];
}

function membersOf(labels: readonly number[]): Cluster[] {
  const members = Map.groupBy(labels.keys(), (row) => labels[row] ?? 0);
  return [...members].map(([id, rows]) => ({ id, members: rows }));
}

/** `count` clusters from the largest to the smallest in even steps of rank: a fair sample, not a choice. */
export function evenlyBySize<One extends Cluster>(clusters: readonly One[], count: number): One[] {
  const ranked = clusters.toSorted((a, b) => b.members.length - a.members.length || a.id - b.id);
  const shown = Math.min(count, ranked.length);
  return Array.from({ length: shown }, (_, at) => {
    const rank = shown === 1 ? 0 : Math.round(at * (ranked.length - 1) / (shown - 1));
    return ranked[rank];
  }).filter((cluster) => cluster !== undefined);
}

/** White paper with the images in rows. Row heights are equal. */
function layOut(
  grid: readonly (readonly number[])[],
  pixels: ArrayLike<number>,
  { height, width, columns }: { height: number; width: number; columns: number },
): { pixels: Uint8Array; width: number; height: number } {
  const [cellWidth, cellHeight] = [width + gap, height + gap];
  const sheetWidth = columns * cellWidth;
  const sheet = new Uint8Array(sheetWidth * grid.length * cellHeight * 3).fill(255);
  let image = 0;
  grid.forEach((row, rowAt) => {
    row.forEach((_, columnAt) => {
      for (let y = 0; y < height; y++) {
        const from = (image * height + y) * width * 3;
        const to =
          ((rowAt * cellHeight + gap / 2 + y) * sheetWidth + columnAt * cellWidth + gap / 2) * 3;
        for (let byte = 0; byte < width * 3; byte++) sheet[to + byte] = pixels[from + byte] ?? 255;
      }
      image++;
    });
  });
  return { pixels: sheet, width: sheetWidth, height: grid.length * cellHeight };
}
