/** Target: the hashtags of pre-training themselves, without noise. An icon belongs to a class if its name
 * holds that hashtag, and neither its name nor an alias holds another (paper, section 4.1: ImageNet-1K beside
 * the noisy labels of ImageNet-1K). */
import { allTokensOf, tokensOf } from "../names.ts";
import { heldOutGlyphSets } from "../sets.ts";
import { chooseNames } from "./choose_names.ts";
import { byClass, type IconTarget } from "./target.ts";

const about = { name: "aligned-names", title: "Pre-training names, held-out families" };

export const alignedNames: IconTarget = {
  ...about,
  needsNames: true,
  icons: {
    ...about,
    sets: heldOutGlyphSets,
    size: null,
    choose(icons, draw) {
      const hashtags = new Set(draw.hashtags);
      return chooseNames(icons, draw, {
        nameOf(icon) {
          const [only, ...more] = allTokensOf(icon).filter((token) => hashtags.has(token));
          return only !== undefined && more.length === 0 && tokensOf(icon.name).includes(only)
            ? only
            : undefined;
        },
        isClass: () => true,
      });
    },
  },
  ...byClass,
};
