/** Every data set there is. A new one has its own file and a line here. */
import { clipWorld } from "./clips/world.ts";
import { iconWorld } from "./icons/world.ts";
import type { World, WorldOptions } from "./world.ts";

/**
 * Name -> the function that makes the world of a run.
 *
 * @example What a data set offers
 * ```ts
 * import { catalogue } from "clusterfit";
 *
 * const versions = { safetensors: "0.8.0" };
 * const world = catalogue.icons({ images: 1000, names: null, targetSize: null, versions });
 * console.log(Object.keys(world.targets)[0], world.sources.length); // held-out-families 19
 * ```
 */
export const catalogue = {
  icons: iconWorld,
  clips: clipWorld,
} as const satisfies Record<string, (options: WorldOptions) => World>;

/** A name of the catalogue. */
export type DataSetName = keyof typeof catalogue;
export const dataSetNames = Object.keys(catalogue) as DataSetName[];
