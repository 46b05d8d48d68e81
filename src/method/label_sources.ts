/** Labels that a teacher may be trained on. */
import type { SubsetOptions, World } from "../data/world.ts";
import { UserError } from "../pipeline/errors.ts";
import type { Node } from "../pipeline/graph.ts";
import type { LabelsAt } from "./arm.ts";
import type { Services } from "./services.ts";
import { addNoise } from "./stages/noise.ts";

/** Those that the pictures of a world have themselves. Throws a UserError where they have none.
 *
 * @internal
 */
export function ownLabels({ labels }: Pick<World, "labels">): Node<"labels", Services> {
  const own = labels["own"];
  if (own) return own;
  throw new UserError(
    "Cannot train on labels: it needs one for each picture, found none. Put the pictures of each class into a " +
      "folder of its own, or give a table with the columns path and label.",
  );
}

/**
 * The noisy names of its images, one drawn for each: what weak supervision learns from (paper, section 4.1). Throws
 * where the data set has none.
 *
 * @example Those of the 100 commonest names
 * ```ts
 * import { catalogue, hashtagsOf } from "clusterfit";
 *
 * const versions = { safetensors: "0.8.0" };
 * const world = catalogue.icons({ images: 1000, names: 100, targetSize: null, versions });
 * console.log(hashtagsOf(world).title); // Label icons: hashtags
 * ```
 */
export function hashtagsOf(world: Pick<World, "labels">): Node<"labels", Services> {
  return labelsOf(world, "hashtags");
}

/** Labels of that name. Throws a UserError where the data set has none.
 *
 * @internal
 */
export function labelsOf(
  { labels }: Pick<World, "labels">,
  name: string,
): Node<"labels", Services> {
  const found = labels[name];
  if (found) return found;
  throw new UserError(
    `Cannot train on ${name}: it needs a data set with such labels, found one with ` +
      `${Object.keys(labels).join(", ") || "none"}. Take other data, or another teacher.`,
  );
}

/** Some rows of a world, with their labels: a Dpre that is a part of Dcf. Throws where the data set has none.
 *
 * @internal
 */
export function subsetOf(
  { subset }: Pick<World, "subset">,
  options: SubsetOptions,
): ReturnType<NonNullable<World["subset"]>> {
  if (subset) return subset(options);
  throw new Error("Cannot take some of the images: the data set does not hold their pixels.");
}

/**
 * Labels as they are.
 *
 * @example A teacher of labels
 * ```ts
 * import { labels, type Node, plain, type Services, type Site } from "clusterfit";
 *
 * const objective = (hashtags: Node<"labels", Services>) => (site: Site) =>
 *   labels([plain(hashtags)(site)]);
 * console.log(objective({} as Node<"labels", Services>)({} as Site).name); // labels
 * ```
 */
export function plain(labels: Node<"labels", Services>): LabelsAt {
  return () => labels;
}

/**
 * With `percent` of them replaced by other classes: the same ones for all arms of a seed, and with more noise the
 * same ones and others (paper, section 3.2).
 *
 * @example A quarter of the labels replaced
 * ```ts
 * import { labels, type Node, type Services, type Site, withNoise } from "clusterfit";
 *
 * const objective = (hashtags: Node<"labels", Services>) => (site: Site) =>
 *   labels([withNoise(hashtags, 25)(site)]);
 * console.log(typeof objective); // function
 * ```
 */
export function withNoise(labels: Node<"labels", Services>, percent: number): LabelsAt {
  if (percent === 0) return plain(labels);
  return (site) =>
    site.place(addNoise, {
      id: "labels",
      title: `Add ${percent}% noise to the labels`,
      config: { percent, seed: site.seedFor("noise"), versions: site.placement("data").versions },
      inputs: { labels },
    });
}
