/** Every figure, by the name that an experiment asks for it with. */
import { UserError } from "../../pipeline/errors.ts";
import type { FigureRequest } from "../../results/figure.ts";
import type { Summary } from "../../results/summary.ts";
import { allAlong } from "./along.ts";
import type { Figure } from "./figure.ts";
import { figure4 } from "./layerwise.ts";
import { figure3, figure5, figure6, figure7, figure8 } from "./paper.ts";

const figures: Readonly<Record<string, Figure>> = {
  along: allAlong,
  ...{ figure3, figure4, figure5, figure6, figure7, figure8 },
};

/**
 * The figure as a standalone SVG. Throws a UserError where there is no such figure, or where no arm or axis is named
 * for one of its parts.
 *
 * @example All arms of a run along K
 * ```ts
 * import { drawFigure, openRun, readReportInput } from "clusterfit";
 *
 * const { summary } = await readReportInput(await openRun("runs/mine"));
 * const svg = await drawFigure({ name: "along", arms: {}, axes: { axis: "k" } }, summary);
 * console.log(svg.slice(0, 4)); // <svg
 * ```
 */
export async function drawFigure(request: FigureRequest, summary: Summary): Promise<string> {
  const { arms, axes } = summary.study;
  return await figureOf(request.name).draw(summary, {
    arms: partsOf(request, "arm", new Map(arms.map((arm) => [arm.id, arm]))),
    axes: partsOf(request, "axis", new Map(axes.map((axis) => [axis.name, axis]))),
  });
}

/** Throws a UserError where an experiment asks for a figure that cannot be drawn: before it runs. `arms`, `axes`: names
 * that it has. */
export function checkFigure(
  request: FigureRequest,
  { arms, axes }: { readonly arms: readonly string[]; readonly axes: readonly string[] },
): void {
  const known = (names: readonly string[]) => new Map(names.map((name) => [name, name]));
  partsOf(request, "arm", known(arms));
  partsOf(request, "axis", known(axes));
}

function figureOf(name: string): Figure {
  const figure = Object.hasOwn(figures, name) ? figures[name] : undefined;
  if (figure) return figure;
  throw new UserError(
    `Cannot draw the figure "${name}": it needs one of ${Object.keys(figures).join(", ")}. ` +
      "Name one of them in the experiment's figures.",
  );
}

function partsOf<T>(
  request: FigureRequest,
  kind: "arm" | "axis",
  known: ReadonlyMap<string, T>,
): Record<string, T> {
  const of = kind === "arm" ? "arms" : "axes";
  return Object.fromEntries(
    figureOf(request.name)[of].map((part) => {
      const asked = request[of][part];
      const found = known.get(asked ?? "");
      if (found !== undefined) return [part, found];
      throw new UserError(
        `Cannot draw ${request.name}: it needs an ${kind} of the experiment as "${part}", found ` +
          `${asked === undefined ? "none" : `"${asked}"`}. Name one of ${
            [...known.keys()].join(", ")
          } in the experiment's figures.`,
      );
    }),
  );
}
