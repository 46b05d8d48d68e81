/** The choices a stage can ask for: which icon sets each reads, and what it makes of them. */
import { chooseEmoji } from "./choose_emoji.ts";
import { chooseNames } from "./choose_names.ts";
import { choosePretraining, type PretrainingChoice } from "./choose_pretraining.ts";
import type { HeldOutIcon, TargetChoice } from "./choose_target.ts";
import { readIconSet } from "./read_set.ts";
import { emojiSets, heldOutGlyphSets, type IconSet, pretrainingSets } from "./sets.ts";
import type { Split } from "../split.ts";

export const targetNames = [
  "held-out-families",
  "unseen-names",
  "emoji-identity",
  "emoji-category",
] as const;
export type TargetName = (typeof targetNames)[number];

/** The icon sets that each target is drawn from. */
export const targetSets: Readonly<Record<TargetName, readonly HeldOutSet[]>> = {
  "held-out-families": heldOutGlyphSets,
  "unseen-names": heldOutGlyphSets,
  "emoji-identity": emojiSets,
  "emoji-category": emojiSets,
};

type HeldOutSet = IconSet & { readonly use: Split };

export interface TargetQuestion {
  readonly target: TargetName;
  readonly seed: number;
  /** Names or emoji to draw; all of them where null. */
  readonly size: number | null;
  /** Token -> icons of the pre-training pool that carry it. */
  readonly seen: Readonly<Record<string, number>>;
}

export interface PretrainingQuestion {
  readonly seed: number;
  /** Icons to send back at most. */
  readonly icons: number;
}

export async function pretrainingIcons(question: PretrainingQuestion): Promise<PretrainingChoice> {
  const sets = await Promise.all(pretrainingSets.map(readIconSet));
  const choice = choosePretraining(sets.flat(), question.seed);
  return { ...choice, icons: choice.icons.slice(0, question.icons) };
}

export async function targetIcons(question: TargetQuestion): Promise<TargetChoice> {
  const drawings = await read(targetSets[question.target]);
  switch (question.target) {
    case "held-out-families":
      return chooseNames(drawings, { ...question, names: "seen" });
    case "unseen-names":
      return chooseNames(drawings, { ...question, names: "unseen" });
    case "emoji-identity":
      return chooseEmoji(drawings, { ...question, label: "identity" });
    case "emoji-category":
      return chooseEmoji(drawings, { ...question, label: "category" });
  }
}

async function read(sets: readonly HeldOutSet[]): Promise<HeldOutIcon[]> {
  const icons = await Promise.all(
    sets.map(async (set) => (await readIconSet(set)).map((icon) => ({ ...icon, use: set.use }))),
  );
  return icons.flat();
}
