/** What Figures 7 and 8 have in common: teachers of a part of Dcf, and weak supervision by all of it beside them. */
import { z } from "zod";
import type { SubsetOptions, World } from "../data/world.ts";
import type { Recipe } from "../method/arm.ts";
import { npre, type PretrainedOptions } from "../method/arms/npre.ts";
import type { MethodConfig } from "../method/config.ts";
import type { Scale } from "../method/experiment.ts";
import { subsetOf } from "../method/label_sources.ts";
import { labels } from "../method/objectives/labels.ts";
import { type Learner, learnerOf } from "../method/training.ts";
import { hashtagTeacher } from "./hashtags.ts";
import { oneGpu } from "./medium.ts";

/** Dpre; `images` and `epochs` of the config are then those of Dcf. */
export const dpreSchema = z.strictObject({
  images: z.int().positive().default(3400),
  epochs: z.int().positive().default(18),
}).prefault({});

/** The size that two cores run. */
export const small = { images: 16_000, epochs: 5, seeds: [1, 2, 3] } satisfies Scale["config"];

/** The size of one GPU. */
export const medium = {
  ...{ ...oneGpu, epochs: 30 },
  dpre: { images: 5100, epochs: 108 },
} satisfies Scale["config"];

/** By a key of the experiment's: teachers of these labels. Their data are nodes that all seeds share. */
export function partTeachers<Key>(
  config: MethodConfig & { readonly dpre: z.infer<typeof dpreSchema> },
  world: World,
  parts: ReadonlyMap<Key, Omit<SubsetOptions, "rows">>,
): ReadonlyMap<Key, Omit<PretrainedOptions, "kind" | "task">> {
  const { images: rows, epochs } = config.dpre;
  return new Map([...parts].map(([key, part]) => {
    const { data, labels: own } = subsetOf(world, { ...part, rows });
    const learner = learnerOf({ ...config, epochs }, { ...world, data, rows });
    return [key, { ...learner, objective: () => labels([own]) }];
  }));
}

/** The weakly supervised upper bound: a network of all hashtags of Dcf. */
export function upperBound(learner: Learner, world: World): Recipe {
  return {
    ...npre({
      ...hashtagTeacher(learner, world),
      ...{ task: "all hashtags of Dcf", title: "Weakly supervised on Dcf" },
    }),
    about: "trained on all hashtags of Dcf",
    role: "control",
  };
}
