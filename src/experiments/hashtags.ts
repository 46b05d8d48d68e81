/** What experiments on weak supervision have in common: a teacher of hashtags, and what the targets of the icon world are
 * to it. */
import type { World } from "../data/world.ts";
import type { PretrainedOptions } from "../method/arms/npre.ts";
import { hashtagsOf } from "../method/label_sources.ts";
import { labels } from "../method/objectives/labels.ts";
import type { Learner } from "../method/training.ts";
import type { Expected } from "./claims.ts";

/** What makes an Npre of one hashtag an image (paper, section 4.1). */
export function hashtagTeacher(learner: Learner, world: World): PretrainedOptions {
  const hashtags = hashtagsOf(world);
  return { ...learner, kind: "hashtag", task: "hashtags", objective: () => labels([hashtags]) };
}

/** The targets, in the place of the paper's ImageNet-1K, ImageNet-9K, iNaturalist and Places365, of which nothing is
 * expected yet. */
export const weakTargets = [
  ["held-out-families", "the classes that the hashtags name", "undecided"],
  ["emoji-identity", "finer classes", "undecided"],
  ["unseen-names", "names never seen", "undecided"],
  ["emoji-category", "different, coarse classes", "undecided"],
] as const satisfies readonly Expected[];

/** Without the coarse one: where the paper has Kinetics and Sports1M, of verbs. */
export const fineTargets = weakTargets.slice(0, 3);
