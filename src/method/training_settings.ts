/** Hyper-parameters of a training as the config of its stage holds them. */
import type { Augmentation } from "../engine/engine.ts";
import type { View } from "../models/view.ts";
import type { MethodConfig, TrainingConfig } from "./config.ts";
import { paced, type usual } from "./paced.ts";
import { augmentationOf } from "./recipes.ts";
import { type Schedule, scheduleOf } from "./schedule.ts";

/**
 * Hyper-parameters as keys hold them.
 *
 * @internal
 */
export type TrainingSettings =
  & Omit<TrainingConfig, "schedule" | "recipe" | "shift" | keyof typeof usual>
  & { readonly [Key in keyof typeof usual]: number }
  /** Shifts of whole images stand by themselves, as they did before there were recipes: keys stay. */
  & ({ readonly shift: number } | { readonly augmentation: Augmentation })
  /** A cosine where it is left out. */
  & { readonly schedule?: Exclude<Schedule, "cosine"> };

/** What the config of an experiment says of a network that reads `rows` images by `view`. */
export function settingsOf(
  { training, epochs }: Pick<MethodConfig, "training" | "epochs">,
  view: View,
  rows: number,
): TrainingSettings {
  const { schedule: asked, recipe, shift, ...rest } = training;
  const augmentation = augmentationOf(recipe, shift, view);
  const { shift: moves, ...others } = augmentation;
  const onlyMoves = moves !== undefined && Object.keys(others).length === 0;
  const schedule = scheduleOf(asked, epochs);
  return {
    ...rest,
    ...paced(training, { rows, epochs }),
    ...(onlyMoves ? { shift: moves } : { augmentation }),
    ...(schedule !== "cosine" && { schedule }),
  };
}
