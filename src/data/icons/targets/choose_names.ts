/** Names targets: what does this icon of a held-out family show? The parts are families. */
import { shuffled } from "../../draw.ts";
import { splits } from "../../split.ts";
import { iconId } from "../icon.ts";
import type { Draw, HeldOutIcon, TargetChoice } from "./target.ts";

/** Training icons a name needs to be a class. */
export const classMinimum = 3;
/** Icons of one class that one part may hold, so that no name rules the score. */
export const classMaximum = 12;
/** Pre-training icons that must carry a name for it to count as seen. */
export const seenMinimum = 10;

/** The classes are the names that `isClass` accepts and that each part has icons of; `size` of them are
 * drawn, all where it is null. `nameOf` says what an icon shows; an icon without a name is left out. */
export function chooseNames(
  icons: readonly HeldOutIcon[],
  { seed, size }: Pick<Draw, "seed" | "size">,
  { nameOf, isClass }: {
    nameOf(icon: HeldOutIcon): string | undefined;
    isClass(name: string): boolean;
  },
): TargetChoice {
  const byPart = splits.map((split) => {
    const ofPart = shuffled(seed, icons.filter(({ use }) => use === split), iconId);
    return { split, byName: Map.groupBy(ofPart, nameOf) };
  });
  const candidates = [...byPart[0]?.byName ?? []].flatMap(([name, ofName]) =>
    name !== undefined && ofName.length >= classMinimum && isClass(name) &&
      byPart.every(({ byName }) => byName.has(name))
      ? [name]
      : []
  );
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
