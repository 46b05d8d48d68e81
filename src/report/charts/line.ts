/** How the lines of one chart are told apart: colour is the arm, dashes and symbols are what else differs. */
import { type Point, pointKey } from "../../results/point.ts";
import { pointsOf } from "../../results/select.ts";
import type { ArmFacts } from "../../results/study.ts";
import type { Summary } from "../../results/summary.ts";
import { titleAt } from "../../results/words.ts";
import { armColours } from "../colours.ts";

export interface Line {
  /** Unique in its chart. */
  readonly id: string;
  /** `Ncf, K 400`. */
  readonly title: string;
  readonly arm: ArmFacts;
  /** Its place on the axes that are not drawn. */
  readonly at: Point;
  readonly colour: string;
  /** Lengths of strokes and gaps. */
  readonly dash: readonly number[];
  /** At each value of the axis; none where the arm does not depend on it. */
  readonly symbol: Symbol | null;
}

type Symbol = "circle" | "square" | "triangle-up" | "diamond";

/** Lengths of strokes and gaps: the first is a whole line. */
export const dashes = [[1, 0], [6, 3], [2, 2.5], [8, 3, 2, 3]] as const;
const symbols = ["circle", "square", "triangle-up", "diamond"] as const;

/** A line for each arm of `arms` that has the axis, and for each of its values on the other axes. */
export function linesOver(summary: Summary, axis: string, arms: readonly ArmFacts[]): Line[] {
  const colours = armColours(summary.study.arms);
  return arms.filter(({ axes }) => axes.includes(axis)).flatMap((arm) => {
    const others = new Map(
      pointsOf(summary, arm.id).map(({ [axis]: _, ...at }) => [pointKey(at), at]),
    );
    return [...others].map(([key, at], index): Line => ({
      id: `${arm.id} ${key}`,
      title: titleAt(arm, at, summary.study.axes),
      ...{ arm, at, colour: colours.get(arm.id)! },
      dash: dashes[index % dashes.length]!,
      symbol: symbols[index % symbols.length]!,
    }));
  });
}

/** Lengths of dots and gaps. */
const dotted = [1.5, 3] as const;

/** A dotted line for each arm of `arms` that does not have the axis: as high at each of its values. */
export function levelsOver(summary: Summary, axis: string, arms: readonly ArmFacts[]): Line[] {
  const colours = armColours(summary.study.arms);
  return arms.filter(({ axes }) => !axes.includes(axis)).map((arm): Line => ({
    ...{ id: arm.id, title: arm.title, arm, at: {}, colour: colours.get(arm.id)! },
    ...{ dash: dotted, symbol: null },
  }));
}

/** SVG of a stroke with the line's symbol in its middle, 28 x 12. */
export function lineSample({ colour, dash, symbol }: Line): string {
  const shapes: Record<Symbol, string> = {
    "circle": `<circle cx="14" cy="6" r="3.4" `,
    "square": `<rect x="10.9" y="2.9" width="6.2" height="6.2" `,
    "triangle-up": `<path d="M14 1.8 L18 9.2 L10 9.2 Z" `,
    "diamond": `<path d="M14 1.4 L18 6 L14 10.6 L10 6 Z" `,
  };
  const stroke = `<path d="M0 6 H28" stroke="${colour}" stroke-width="2" stroke-dasharray="${
    dash.join(" ")
  }"/>`;
  return symbol === null ? stroke : `${stroke}${shapes[symbol]}fill="${colour}"/>`;
}
