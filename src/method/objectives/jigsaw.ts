/** Jigsaw: tell by which permutation the nine patches of an image were shuffled (paper, section 4.2 and
 * supplement D). */
import type { View } from "../../models/view.ts";
import type { HeadsOf, Objective } from "./objective.ts";

/** For small images. Resized to `size` pixels they have cells of 16 and patches of 12, the proportions of the paper:
 * the smallest patches of which the last layer of a small network reads more than one pixel. The teacher reads whole
 * images at that size, too, so that what it learnt is as large there (docs/TRAINING.md). */
export const smallJigsaw = { permutations: 100, hidden: 128, size: 48 } as const;

/** What makes puzzles. The paper takes 2000 permutations and 1000 units, by way of Goyal et al., ICCV 2019. */
export interface JigsawOptions {
  /** In the set that is told apart. */
  readonly permutations: number;
  /** Units that the head has for a patch. */
  readonly hidden: number;
  /** How images are read that puzzles are made of: in the paper at 255 pixels, of a network that reads 224
   * afterwards. As the network reads them unless given. */
  readonly view?: View;
}

/** The head reads one patch. */
export const jigsawHeads: HeadsOf = (_, __, { hidden }) => ({ jigsaw: Number(hidden) });

/**
 * To tell how patches were shuffled. The set of permutations is the same in every run.
 *
 * @example With the numbers of the paper
 * ```ts
 * import { asStored, jigsaw } from "clusterfit";
 *
 * const view = { ...asStored, size: 255 };
 * console.log(jigsaw({ permutations: 2000, hidden: 1000, view }).labels.length); // 0
 * ```
 */
export function jigsaw({ permutations, hidden, view }: JigsawOptions): Objective {
  return {
    name: "jigsaw",
    options: { permutations, hidden },
    labels: [],
    teachers: [],
    pretext: true,
    ...(view && { view }),
  };
}
