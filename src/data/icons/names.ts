/** Icon names as noisy tags: `account-arrow-left-outline` -> account, arrow, left. */
import type { Icon } from "./icon.ts";

/** Words that say how an icon is drawn, not what it shows. */
const styleWords = new Set(
  ("alt bold broken brand duotone fill filled glyph ios light line linear logo md outline outlined " +
    "regular remix round rounded sharp solid stroke thin twotone").split(" "),
);

/** Tokens of emoji look-alikes among glyphs: kept out of pre-training, for emoji are targets. */
export const emojiWords: ReadonlySet<string> = new Set(["emoji", "emoticon", "moji", "smiley"]);

/** The words of `name` in order, each once, without style words, sizes (`24`, `24px`) and single letters. */
export function tokensOf(name: string): readonly string[] {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return [
    ...new Set(
      words.filter((word) => word.length > 1 && !/^\d+(px)?$/.test(word) && !styleWords.has(word)),
    ),
  ];
}

/** The tokens of an icon's name and of all its aliases, each once. */
export function allTokensOf(icon: Pick<Icon, "name" | "aliases">): readonly string[] {
  return [...new Set([icon.name, ...icon.aliases].flatMap(tokensOf))];
}
