/** What defines a target of the icon world: which icons, in which parts, and what they are labelled with. */
import type { NamedLabels } from "../../labels.ts";
import type { Split } from "../../split.ts";
import type { PretrainingCard, TargetCard } from "../cards.ts";
import type { Icon } from "../icon.ts";
import type { IconSet } from "../sets.ts";

/** A set whose icons pre-training never sees. */
export type HeldOutSet = IconSet & { readonly use: Split };

/** An icon of such a set. */
export type HeldOutIcon = Icon & { readonly use: Split };

export interface ChosenIcon extends Icon {
  /** Index into `classes`. */
  readonly label: number;
  readonly split: Split;
}

export interface TargetChoice {
  /** Sorted. */
  readonly classes: readonly string[];
  readonly icons: readonly ChosenIcon[];
}

/** What icons are chosen by. */
export interface Draw {
  readonly seed: number;
  /** Names or emoji to draw; all of them where null. */
  readonly size: number | null;
  /** Token -> icons of the pre-training pool that carry it. */
  readonly seen: ReadonlyMap<string, number>;
  /** The hashtags of pre-training. */
  readonly hashtags: readonly string[];
}

/** The rows of a target. Targets that share them are rendered once. */
export interface TargetIcons {
  /** Unique among the icons of all targets. */
  readonly name: string;
  readonly title: string;
  readonly sets: readonly HeldOutSet[];
  /** Names or emoji to draw unless a run says otherwise; all of them where null. */
  readonly size: number | null;
  choose(icons: readonly HeldOutIcon[], draw: Draw): TargetChoice;
}

/** Labels as a target gives them; its title is theirs. */
export type TargetLabels = NamedLabels extends infer Kind
  ? Kind extends NamedLabels ? Omit<Kind, "title"> : never
  : never;

export interface IconTarget {
  /** Unique among the targets. */
  readonly name: string;
  readonly title: string;
  readonly icons: TargetIcons;
  /** Offered only where pre-training is limited to the commonest names. */
  readonly needsNames?: boolean;
  readonly metric: string;
  readonly probe: string;
  labels(rows: TargetCard, pretraining: PretrainingCard): TargetLabels;
}

/** For targets of single labels: the class that each row was chosen for, by top-1 of a logistic regression. */
export const byClass: Pick<IconTarget, "metric" | "probe" | "labels"> = {
  metric: "top-1",
  probe: "logistic",
  labels: ({ chosen }) => ({ kind: "single", names: chosen.classes, labels: chosen.labels }),
};
