/** Every data set there is. A new one has its own file and a line here. */
import { iconWorld } from "./icons/world.ts";
import type { World, WorldOptions } from "./world.ts";

export const catalogue = {
  icons: iconWorld,
} as const satisfies Record<string, (options: WorldOptions) => World>;

export type DataSetName = keyof typeof catalogue;
export const dataSetNames = Object.keys(catalogue) as DataSetName[];
