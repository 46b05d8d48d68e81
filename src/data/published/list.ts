/** Every data set of the paper's Table 2. A new one has its own file and a line here. */
import { resolve } from "node:path";
import { expandHome } from "../../pipeline/home.ts";
import type { PublishedSet } from "./data_set.ts";
import { imagenet1k } from "./imagenet_1k.ts";
import { imagenet9k } from "./imagenet_9k.ts";
import { inaturalist2018 } from "./inaturalist_2018.ts";
import { kinetics } from "./kinetics.ts";
import { places205 } from "./places205.ts";
import { places365 } from "./places365.ts";
import { somethingSomethingV1 } from "./something_something_v1.ts";
import { sports1m } from "./sports1m.ts";
import { voc07 } from "./voc07.ts";

/** In the order of the table. */
export const publishedSets: readonly PublishedSet[] = [
  imagenet1k,
  imagenet9k,
  places365,
  inaturalist2018,
  kinetics,
  sports1m,
  somethingSomethingV1,
  voc07,
  places205,
];

/** A data set of the paper, and where it lies. */
export interface PublishedSpec {
  readonly set: PublishedSet;
  /** Absolute. */
  readonly path: string;
}

/** What `voc07:/data/VOCdevkit` says; undefined where `given` begins with the name of no data set. */
export function publishedSpec(given: string): PublishedSpec | undefined {
  const [, name, path] = /^([a-z0-9-]+):(.+)$/s.exec(given) ?? [];
  const set = publishedSets.find((known) => known.name === name);
  return set && path !== undefined ? { set, path: resolve(expandHome(path)) } : undefined;
}
