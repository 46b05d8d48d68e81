/** Target: which emoji is it, drawn by a vendor never trained on. */
import { emojiSets } from "../sets.ts";
import { chooseEmoji } from "./choose_emoji.ts";
import { byClass, type IconTarget } from "./target.ts";

const about = { name: "emoji-identity", title: "Emoji identity, held-out vendor" };

export const emojiIdentity: IconTarget = {
  ...about,
  icons: {
    ...about,
    sets: emojiSets,
    // With more, the probes would take longer than the pre-training.
    size: 1000,
    choose: (icons, draw) => chooseEmoji(icons, draw, "identity"),
  },
  ...byClass,
};
