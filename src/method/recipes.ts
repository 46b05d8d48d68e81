/** What happens to training images, by the names that the field has for it. The numbers are those of the sources
 * that are named; every draw is one of ours, and the pixels are computed by torchvision. */
import { z } from "zod";
import type { Augmentation } from "../engine/engine.ts";
import type { View } from "../models/view.ts";

const ratio = [3 / 4, 4 / 3] as const;

/** For pictures of any size: they need a crop, which shifts of whole images are not. */
export const recipes = {
  /** Szegedy et al., CVPR 2015, as in PyTorch's reference training of ImageNet networks. */
  "crop-flip": { crop: { scale: [0.08, 1], ratio }, flip: true },
  /** The largest square, anywhere: what puzzles are made of (paper, supplement D). */
  "square": { crop: { scale: [1, 1], ratio: [1, 1], anywhere: true } },
  /** With the colours of fb.resnet.torch (Gross and Wilber, 2016), without its noise of principal components. */
  "imagenet": {
    crop: { scale: [0.08, 1], ratio },
    flip: true,
    colourJitter: { probability: 1, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0 },
  },
  /** Chen et al., ICML 2020, appendix A, strength 1. */
  "simclr": {
    crop: { scale: [0.08, 1], ratio },
    flip: true,
    colourJitter: { probability: 0.8, brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.2 },
    grey: 0.2,
    blur: { probability: 0.5, sigma: [0.1, 2] },
  },
  /** Chen et al., 2020 (arXiv 2003.04297), as in main_moco.py --aug-plus. */
  "moco-v2": {
    crop: { scale: [0.2, 1], ratio },
    flip: true,
    colourJitter: { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 },
    grey: 0.2,
    blur: { probability: 0.5, sigma: [0.1, 2] },
  },
} as const satisfies Readonly<Record<string, Augmentation>>;

const share = z.number().min(0).max(1);
const rising = (least: z.ZodNumber) =>
  z.tuple([least, least]).refine(([low, high]) => low <= high, "it needs the smaller number first");

/** A recipe of one's own: what is left out does not happen. */
const augmentationSchema = z.strictObject({
  crop: z.strictObject({
    scale: rising(z.number().positive().max(1)),
    ratio: rising(z.number().positive()),
    anywhere: z.boolean().optional(),
  }),
  shift: z.int().min(0),
  flip: z.boolean(),
  colourJitter: z.strictObject({
    probability: share,
    brightness: share,
    contrast: share,
    saturation: share,
    hue: z.number().min(0).max(0.5),
  }),
  grey: share,
  blur: z.strictObject({ probability: share, sigma: rising(z.number().positive()) }),
}).partial();

const names = Object.keys(recipes) as (keyof typeof recipes)[];

/** `auto`: shifts of small images that are read as they are stored ("icons"), else crop-flip; of videos a flip alone,
 * as every clip is a random square already (paper, section 4.1.2). */
export const recipeSchema = z.union([z.enum(["auto", "icons", ...names]), augmentationSchema]);

export type Recipe = z.infer<typeof recipeSchema>;

/** What is done to images that a network reads by `view`. `shift`: of the recipe "icons", in pixels. */
export function augmentationOf(recipe: Recipe, shift: number, view: View): Augmentation {
  if (typeof recipe !== "string") return recipe;
  if (recipe === "auto" && view.size !== null && view.frames !== null) return { flip: true };
  const name = recipe === "auto" ? (view.size === null ? "icons" : "crop-flip") : recipe;
  return name === "icons" ? { shift } : recipes[name];
}
