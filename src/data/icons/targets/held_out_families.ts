/** Target: the first word of an icon's name, among those that pre-training has seen. */
import { tokensOf } from "../names.ts";
import { heldOutGlyphSets } from "../sets.ts";
import { chooseNames, seenMinimum } from "./choose_names.ts";
import { byClass, type IconTarget } from "./target.ts";

const about = { name: "held-out-families", title: "Names, held-out families" };

export const heldOutFamilies: IconTarget = {
  ...about,
  icons: {
    ...about,
    sets: heldOutGlyphSets,
    size: null,
    choose: (icons, draw) =>
      chooseNames(icons, draw, {
        nameOf: ({ name }) => tokensOf(name)[0],
        isClass: (name) => (draw.seen.get(name) ?? 0) >= seenMinimum,
      }),
  },
  ...byClass,
};
