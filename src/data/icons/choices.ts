/** The choices a stage can ask for: reads the icon sets and says which icons are rows. */
import {
  choosePretraining,
  type PretrainingChoice,
  type PretrainingDraw,
} from "./choose_pretraining.ts";
import { readIconSet } from "./read_set.ts";
import { pretrainingSets } from "./sets.ts";
import { iconTargets } from "./targets/list.ts";
import type { Draw, HeldOutSet, TargetChoice } from "./targets/target.ts";

export interface PretrainingQuestion extends PretrainingDraw {
  /** Icons to send back at most. */
  readonly icons: number;
}

export interface TargetQuestion extends Draw {
  /** Name of the `TargetIcons`. */
  readonly icons: string;
}

export async function pretrainingIcons(question: PretrainingQuestion): Promise<PretrainingChoice> {
  const sets = await Promise.all(pretrainingSets.map(readIconSet));
  const choice = choosePretraining(sets.flat(), question);
  return { ...choice, icons: choice.icons.slice(0, question.icons) };
}

export async function targetIcons(question: TargetQuestion): Promise<TargetChoice> {
  const asked = iconTargets.find(({ icons }) => icons.name === question.icons)?.icons;
  if (asked === undefined) {
    throw new Error(
      `Cannot choose icons: it needs the name of a target's, found ${question.icons}.`,
    );
  }
  const sets = await Promise.all(asked.sets.map(readHeldOutSet));
  return asked.choose(sets.flat(), question);
}

async function readHeldOutSet(set: HeldOutSet) {
  return (await readIconSet(set)).map((icon) => ({ ...icon, use: set.use }));
}
