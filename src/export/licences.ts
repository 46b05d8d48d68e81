/** Under which licences the pictures of a data set may be used, as far as it is known. */
import { iconSets } from "../data/icons/sets.ts";
import type { Dataset } from "../data/dataset.ts";

export interface Licensed {
  readonly title: string;
  /** SPDX identifier. */
  readonly licence: string;
}

/** The icon sets that every row comes from; undefined where one comes from elsewhere: only its owner knows then. */
export function licencesOf({ sources }: Pick<Dataset, "sources">): Licensed[] | undefined {
  const named = new Set(sources.map((source) => source.split(":", 1)[0]!));
  const sets = iconSets.filter(({ name }) => named.delete(name));
  return named.size > 0 ? undefined : sets;
}
