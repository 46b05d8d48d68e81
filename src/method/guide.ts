/** Labels that guide a clustering. */
import type { World } from "../data/world.ts";
import { UserError } from "../pipeline/errors.ts";
import type { Node } from "../pipeline/graph.ts";
import type { MethodConfig } from "./config.ts";
import type { Services } from "./services.ts";

/**
 * What is known of the rows, and how much it counts.
 *
 * @internal
 */
export interface Guide {
  /** One of each row of Dcf. */
  readonly labels: Node<"labels", Services>;
  /** Of a row whose label another one of its cluster has not, beside squared distances; 0 is plain k-means. */
  readonly weight: number;
}

/** What a config asks for, among the labels of a data set; none where nothing is asked for. Throws a UserError where
 * there are no such labels. `labels`: none where an experiment has none for it. */
export function guideOf(
  { guide }: MethodConfig["clustering"],
  labels: World["labels"] = {},
): Guide | undefined {
  if (!guide) return undefined;
  const found = labels[guide.labels];
  if (found) return { labels: found, weight: guide.weight };
  const names = Object.keys(labels).join(", ") || "none";
  throw new UserError(
    `Cannot guide clusters: it needs labels of the pictures that are clustered, found no "${guide.labels}" (labels ` +
      `here: ${names}). Set clustering.guide.labels to one of them, or leave clustering.guide out.`,
  );
}

/** Whether labels count: with no weight it is plain k-means, also by its key. */
export function isGuided(guide: Guide | undefined): guide is Guide {
  return guide !== undefined && guide.weight > 0;
}
