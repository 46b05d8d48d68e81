/** Every figure, by the name that an experiment asks for it with. */
import type { FigureRequest } from "../../results/figure.ts";
import type { Summary } from "../../results/summary.ts";
import type { Figure } from "./figure.ts";
import { figure3, figure5, figure6, figure7 } from "./paper.ts";

const figures: Readonly<Record<string, Figure>> = { figure3, figure5, figure6, figure7 };

/** The figure as a standalone SVG. Throws a RangeError where there is no such figure, or where the experiment
 * names no arm or axis of its own for one of its parts. */
export async function drawFigure(request: FigureRequest, summary: Summary): Promise<string> {
  const figure = figures[request.name];
  if (!figure) {
    const names = Object.keys(figures).join(", ");
    throw new RangeError(
      `Cannot draw the figure "${request.name}": it needs one of ${names}. ` +
        "Add it to src/report/figures/list.ts.",
    );
  }
  const { arms, axes } = summary.study;
  return await figure.draw(summary, {
    arms: partsOf(
      request.name,
      "arm",
      figure.arms,
      request.arms,
      new Map(arms.map((arm) => [arm.id, arm])),
    ),
    axes: partsOf(
      request.name,
      "axis",
      figure.axes,
      request.axes,
      new Map(axes.map((axis) => [axis.name, axis])),
    ),
  });
}

function partsOf<T>(
  figure: string,
  kind: "arm" | "axis",
  parts: readonly string[],
  asked: Readonly<Record<string, string>>,
  known: ReadonlyMap<string, T>,
): Record<string, T> {
  return Object.fromEntries(parts.map((part) => {
    const found = known.get(asked[part] ?? "");
    if (found !== undefined) return [part, found];
    throw new RangeError(
      `Cannot draw ${figure}: it needs an ${kind} of the experiment as "${part}", found ` +
        `${asked[part] === undefined ? "none" : `"${asked[part]}"`}. Name one of ${
          [...known.keys()].join(", ")
        } in the experiment's figures.`,
    );
  }));
}
