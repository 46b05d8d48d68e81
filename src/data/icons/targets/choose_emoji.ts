/** Emoji targets: which emoji is it, drawn by a vendor never trained on; and of which kind is it. */
import { shuffled, uniform } from "../../draw.ts";
import type { Split } from "../../split.ts";
import type { ChosenIcon, Draw, HeldOutIcon, TargetChoice } from "./target.ts";

/** The set whose categories and names stand for all vendors. */
const reference = "noto";

/** Shares of the emoji that the category target trains and validates on; it tests on the others. */
const trainShare = 0.6;
const validationShare = 0.2;

/** With the label "identity" the classes are emoji and the parts are vendors; with "category" the classes
 * are kinds of emoji, and every vendor's icon of one emoji is in the same part. Emoji of one code point that
 * all vendors draw are used, flags are not; `size` of them are drawn, all where it is null. */
export function chooseEmoji(
  icons: readonly HeldOutIcon[],
  { seed, size }: Pick<Draw, "seed" | "size">,
  label: "identity" | "category",
): TargetChoice {
  const emoji = drawn(icons, seed, size);
  const classes = [...new Set(emoji.map((one) => one[label]))].sort();
  return {
    classes,
    icons: emoji.flatMap((one) =>
      one.icons.map((icon): ChosenIcon => ({
        ...icon,
        label: classes.indexOf(one[label]),
        split: label === "identity" ? icon.use : partOf(seed, one.character),
      }))
    ),
  };
}

interface Emoji {
  readonly character: string;
  readonly identity: string;
  readonly category: string;
  /** One per vendor. */
  readonly icons: readonly HeldOutIcon[];
}

function drawn(all: readonly HeldOutIcon[], seed: number, size: number | null): Emoji[] {
  const vendors = new Set(all.map(({ set }) => set)).size;
  const byCharacter = Map.groupBy(
    all.filter(({ character }) => character !== undefined && !character.includes("-")),
    ({ character }) => character ?? "",
  );
  const emoji = [...byCharacter].flatMap(([character, icons]): Emoji[] => {
    const named = icons.find(({ set }) => set === reference);
    if (named?.category === undefined || named.category === "Flags") return [];
    if (icons.length !== vendors) return [];
    return [{ character, identity: named.name, category: named.category, icons }];
  });
  return shuffled(seed, emoji, ({ character }) => character).slice(0, size ?? undefined);
}

function partOf(seed: number, character: string): Split {
  const at = uniform(seed, `part ${character}`);
  return at < trainShare ? "train" : at < trainShare + validationShare ? "validation" : "test";
}
