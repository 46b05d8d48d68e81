/** Some rows of a world, with their labels, as nodes. */
import { node } from "../pipeline/graph.ts";
import { takeImages, takeLabels } from "./subset_stages.ts";
import type { World } from "./world.ts";

/** `World.subset` of a world whose datasets hold their pixels; `dataSeed`: of the draw of rows. */
export function subsetsOf(
  { data, labels }: Pick<World, "data" | "labels">,
  { dataSeed, versions }: {
    readonly dataSeed: number;
    readonly versions: Readonly<Record<string, string>>;
  },
): NonNullable<World["subset"]> {
  return ({ of, labels: most, rows }) => {
    const all = labels[of];
    if (!all) throw new Error(`Cannot take rows by "${of}": the data set has no such labels.`);
    const config = { labels: most, rows, seed: dataSeed, versions };
    const id = `${data.id}.${of}-${most ?? "all"}-of-${rows}`;
    const images = `${rows.toLocaleString("en")} images`;
    const which = most === null ? of : `the ${most} commonest ${of}`;
    return {
      data: node(takeImages, {
        id,
        title: `Take ${images} with ${which}`,
        config,
        inputs: { data, labels: all },
      }),
      labels: node(takeLabels, {
        id: `${id}.labels`,
        title: `Label ${images} with ${which}`,
        config,
        inputs: { labels: all },
      }),
    };
  };
}
