/** Target of multi labels: every name that an icon of a held-out family goes by, of those that pre-training
 * has seen (paper, section 4.2: VOC07). */
import { UserError } from "../../../pipeline/errors.ts";
import { type Split, splits } from "../../split.ts";
import type { TargetCard } from "../cards.ts";
import { seenMinimum } from "./choose_names.ts";
import { heldOutFamilies } from "./held_out_families.ts";
import type { IconTarget } from "./target.ts";

/** Icons of each part that a name needs to be a class: an average precision over fewer says little. */
export const positivesMinimum = 5;

export const allNames: IconTarget = {
  name: "all-names",
  title: "All names, held-out families",
  icons: heldOutFamilies.icons,
  metric: "mAP",
  probe: "one-vs-rest",
  labels(rows, { seen }) {
    const names = commonNames(rows).filter((name) => (seen[name] ?? 0) >= seenMinimum);
    if (names.length === 0) {
      throw new UserError(
        `Cannot label the target "${allNames.title}": it needs names that ${positivesMinimum} icons of ` +
          `each part and ${seenMinimum} of pre-training carry, found none among ${rows.parts.length} icons. ` +
          `Draw more names (targetSize).`,
      );
    }
    const indexOf = new Map(names.map((name, index) => [name, index]));
    const labels = rows.tokens.map((tokens) => tokens.flatMap((token) => indexOf.get(token) ?? []));
    return { kind: "multi", names, labels };
  },
};

/** The tokens that enough icons of every part carry, sorted. */
function commonNames({ parts, tokens }: TargetCard): string[] {
  const counts = new Map<string, Record<Split, number>>();
  tokens.forEach((ofRow, row) => {
    const part = parts[row];
    if (part === undefined) return;
    for (const token of ofRow) {
      const count = counts.get(token) ?? { train: 0, validation: 0, test: 0 };
      count[part]++;
      counts.set(token, count);
    }
  });
  return [...counts]
    .filter(([, count]) => splits.every((split) => count[split] >= positivesMinimum))
    .map(([token]) => token).sort();
}
