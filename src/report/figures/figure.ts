/** What a figure of the paper is, as a file of this folder. */
import type { ArmFacts, Axis } from "../../results/study.ts";
import type { Summary } from "../../results/summary.ts";

export interface Figure<Arm extends string = string, AxisPart extends string = string> {
  /** Parts that an experiment has to name an arm for. */
  readonly arms: readonly Arm[];
  /** Parts that it has to name an axis for. */
  readonly axes: readonly AxisPart[];
  /** A standalone SVG. */
  draw(
    summary: Summary,
    parts: {
      readonly arms: Readonly<Record<Arm, ArmFacts>>;
      readonly axes: Readonly<Record<AxisPart, Axis>>;
    },
  ): Promise<string>;
}

/** Keeps the names of the parts in the type. */
export function defineFigure<const Arm extends string, const AxisPart extends string>(
  figure: Figure<Arm, AxisPart>,
): Figure<Arm, AxisPart> {
  return figure;
}
