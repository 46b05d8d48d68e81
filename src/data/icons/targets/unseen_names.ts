/** Target: the first word of an icon's name, among those that no pre-training icon carries. */
import { tokensOf } from "../names.ts";
import { heldOutGlyphSets } from "../sets.ts";
import { chooseNames } from "./choose_names.ts";
import { byClass, type IconTarget } from "./target.ts";

const about = { name: "unseen-names", title: "Names never seen" };

export const unseenNames: IconTarget = {
  ...about,
  icons: {
    ...about,
    sets: heldOutGlyphSets,
    size: null,
    choose: (icons, draw) =>
      chooseNames(icons, draw, {
        nameOf: ({ name }) => tokensOf(name)[0],
        isClass: (name) => !draw.seen.has(name),
      }),
  },
  ...byClass,
};
