/** Jigsaw: tell by which permutation the nine patches of an image were shuffled (paper, section 4.2 and
 * supplement D). */
import { asStored, type View } from "../../models/view.ts";
import type { HeadsOf, Objective } from "./objective.ts";

/** For small images. Resized to `size` pixels they have cells of 16 and patches of 12, the proportions of the paper:
 * the smallest patches of which the last layer of a small network reads more than one pixel. The teacher reads whole
 * images at that size, too, so that what it learnt is as large there (docs/TRAINING.md). */
export const smallJigsaw = { permutations: 100, hidden: 128, size: 48 } as const;

/** From this side in pixels on, puzzles have the numbers of the paper. */
const large = 128;

/**
 * For pictures that a network reads at `size` pixels: puzzles in the paper's proportion, 255 pixels where 224 are read
 * afterwards, in cells of whole pixels. `side`: that of the pictures they are made of; `reads`: at which the teacher
 * reads whole pictures. Both are those of small images at least.
 *
 * @example The paper's
 * ```ts
 * import { jigsawAt } from "clusterfit";
 *
 * const { side, puzzles } = jigsawAt(224);
 * console.log(side, puzzles.permutations); // 255 2000
 * ```
 */
export function jigsawAt(
  size: number,
): { readonly puzzles: JigsawOptions; readonly side: number; readonly reads: number } {
  const side = Math.max(smallJigsaw.size, 3 * Math.round(85 * size / 224));
  const { permutations, hidden } = size < large ? smallJigsaw : paperJigsaw;
  const view = { ...asStored, size: side };
  return { puzzles: { permutations, hidden, view }, side, reads: Math.max(smallJigsaw.size, size) };
}

/** By way of Goyal et al., ICCV 2019. */
const paperJigsaw = { permutations: 2000, hidden: 1000 } as const;

/** What makes puzzles. The paper takes 2000 permutations and 1000 units. */
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
