/** Every data set there is. A new one has its own file and a line here. */
import { iconWorld } from "./icons/world.ts";
import type { World, WorldOptions } from "./world.ts";

/** Name -> the function that makes the world of a run. */
export const catalogue = {
  icons: iconWorld,
} as const satisfies Record<string, (options: WorldOptions) => World>;

/** A name of the catalogue. */
export type DataSetName = keyof typeof catalogue;
export const dataSetNames = Object.keys(catalogue) as DataSetName[];
