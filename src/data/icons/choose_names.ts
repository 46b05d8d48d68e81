/** Names targets: what does this icon of a held-out family show? One word per icon, the first. */
import { shuffled } from "../draw.ts";
import { splits } from "../split.ts";
import type { HeldOutIcon, TargetChoice } from "./choose_target.ts";
import { iconId } from "./icon.ts";
import { tokensOf } from "./names.ts";

/** Training icons a name needs to be a class. */
export const classMinimum = 3;
/** Icons of one class that one part may hold, so that no name rules the score. */
export const classMaximum = 12;
/** Pre-training icons that must carry a name for it to count as seen. */
export const seenMinimum = 10;

/** `seen` maps the tokens of pre-training to the number of its icons that carry them. With
 * `names: "seen"` the classes are words of pre-training, with "unseen" words that it never saw;
 * `size` of them are drawn, all where it is null. */
export function chooseNames(
  drawings: readonly HeldOutIcon[],
  options: {
    readonly names: "seen" | "unseen";
    readonly seen: Readonly<Record<string, number>>;
    readonly seed: number;
    readonly size: number | null;
  },
): TargetChoice {
  const { names, seen, seed, size } = options;
  const byPart = splits.map((split) => {
    const icons = shuffled(seed, drawings.filter(({ use }) => use === split), iconId);
    return { split, byName: Map.groupBy(icons, ({ name }) => tokensOf(name)[0] ?? "") };
  });
  const fits = (name: string) => {
    const icons = Object.hasOwn(seen, name) ? seen[name] ?? 0 : 0;
    return names === "seen" ? icons >= seenMinimum : icons === 0;
  };
  const candidates = [...byPart[0]?.byName ?? []]
    .filter(([name, icons]) => name !== "" && icons.length >= classMinimum && fits(name))
    .filter(([name]) => byPart.every(({ byName }) => byName.has(name)))
    .map(([name]) => name);
  const classes = shuffled(seed, candidates, (name) => name).slice(0, size ?? undefined).sort();
  return {
    classes,
    icons: byPart.flatMap(({ split, byName }) =>
      classes.flatMap((name, label) =>
        (byName.get(name) ?? []).slice(0, classMaximum).map((icon) => ({ ...icon, label, split }))
      )
    ),
  };
}
