/** Target: of which kind is an emoji that was never trained on. */
import { emojiSets } from "../sets.ts";
import { chooseEmoji } from "./choose_emoji.ts";
import { byClass, type IconTarget } from "./target.ts";

const about = { name: "emoji-category", title: "Emoji category" };

export const emojiCategory: IconTarget = {
  ...about,
  icons: {
    ...about,
    sets: emojiSets,
    // With more, the probes would take longer than the pre-training.
    size: 1000,
    choose: (icons, draw) => chooseEmoji(icons, draw, "category"),
  },
  ...byClass,
};
