/** What every choice of a target's rows gives: labelled drawings in three parts. */
import type { Split } from "../split.ts";
import type { Icon } from "./icon.ts";

export interface LabelledIcon extends Icon {
  /** Index into `classes`. */
  readonly label: number;
  readonly split: Split;
}

export interface TargetChoice {
  readonly classes: readonly string[];
  readonly icons: readonly LabelledIcon[];
}

/** A drawing of a set that stands for one part of a target. */
export type HeldOutIcon = Icon & { readonly use: Split };
