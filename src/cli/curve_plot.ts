/** Curves as characters, by asciichart: a line of digits for each network, so that they are told apart without colour. */
import asciichart from "asciichart";
import { wrap } from "../report/wrap.ts";
import type { ComparedCurve, Comparison } from "../report/comparison/comparison.ts";
import { type CurveGroup, curveGroups } from "../report/comparison/curves.ts";
import { printable } from "../report/printable.ts";

const height = 12;
/** Columns of the numbers at the left. */
const offset = 9;
/** What lines are drawn with. */
const marks = [..."123456789abcdefghijklmnopqrstuvwxyz"];
/** A colour for each run. */
const colours = [
  ...[asciichart.blue, asciichart.red, asciichart.green, asciichart.magenta],
  ...[asciichart.yellow, asciichart.cyan, asciichart.lightgray, asciichart.lightred],
];

export interface PlotOptions {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
}

/** The losses, a plot for each task; nothing where no network has an epoch yet. */
export function curvePlots({ curves }: Comparison, options: PlotOptions): string {
  const begun = curves.filter(({ points }) => points.length > 0);
  const tasks = Map.groupBy(begun, ({ task }) => task);
  return [...tasks].map(([task, ofTask]) => plot(task, ofTask, options)).join("\n\n");
}

function plot(task: string, curves: readonly ComparedCurve[], options: PlotOptions): string {
  const groups = curveGroups(curves);
  const shown = groups.slice(0, marks.length);
  const paint = (text: string, { curves }: CurveGroup): string =>
    options.colour ? asciichart.colored(text, colours[curves[0]!.run]!) : text;
  const points = shown.flatMap(({ curves }) => curves.flatMap(({ points }) => points));
  const losses = points.map(({ loss }) => loss);
  const frame = {
    ...{ min: Math.min(...losses), max: Math.max(...losses) },
    epochs: Math.max(...points.map(({ epoch }) => epoch)),
  };
  const left = groups.length - shown.length;
  return [
    ...wrap(printable(`Loss${task === "" ? "" : ` on ${task}`}, by epoch`), options.width),
    ...overlay(shown, frame, options.width, paint),
    `${" ".repeat(offset)}1${String(frame.epochs).padStart(options.width - offset - 1)}`,
    ...shown.map((group, at) =>
      paint(`  ${marks[at]}  ${group.runs.join(", ")}  ${printable(group.title)}`, group)
    ),
    ...(left > 0 ? [`  and ${left} more, which --out shows`] : []),
  ].join("\n");
}

interface Frame {
  readonly min: number;
  readonly max: number;
  readonly epochs: number;
}

/** Each line drawn by itself, on the same grid, and laid over those before. */
function overlay(
  groups: readonly CurveGroup[],
  frame: Frame,
  width: number,
  paint: (text: string, group: CurveGroup) => string,
): string[] {
  const columns = width - offset;
  const grid = Array.from({ length: height + 1 }, () => Array<string>(columns).fill(" "));
  groups.forEach((group, at) => {
    for (const curve of group.curves) {
      const drawn: string = asciichart.plot(heights(curve, frame, columns), {
        ...{ min: 0, max: height, height, offset: 1, format: () => " " },
        symbols: [" ", " ", ...Array<string>(8).fill(marks[at]!)],
      });
      drawn.split("\n").forEach((line, row) => {
        [...line.slice(1)].forEach((character, column) => {
          if (character !== " ") grid[row]![column] = paint(character, group);
        });
      });
    }
  });
  const { min, max } = frame;
  return grid.map((cells, row) => {
    const loss = max - row / height * (max - min);
    return `${loss.toPrecision(4).padStart(offset - 2)} │${cells.join("").trimEnd()}`;
  });
}

/** A curve at each column as far as it goes, in rows of the grid: asciichart rounds to whole numbers. Between two
 * epochs it is on the straight line. */
function heights({ points }: ComparedCurve, frame: Frame, columns: number): number[] {
  const { min, max, epochs } = frame;
  const epochsPerColumn = Math.max(1, epochs - 1) / (columns - 1);
  const last = points.at(-1)!.epoch;
  const count = Math.floor((last - 1) / epochsPerColumn + rounding) + 1;
  const all = Array.from({ length: count }, (_, column) => {
    const loss = lossAt(points, 1 + column * epochsPerColumn);
    return max > min ? (loss - min) / (max - min) * height : 0;
  });
  return [all[0]!, ...all]; // asciichart draws what lies between two: the first is one as well
}

/** What a whole number of columns may come short by. */
const rounding = 1e-9;

/** Before its first epoch and after its last one, that of it. */
function lossAt(points: ComparedCurve["points"], epoch: number): number {
  const after = points.findIndex((point) => point.epoch >= epoch);
  const b = points.at(after)!;
  const a = points[Math.max(0, after - 1)]!;
  if (after < 1 || b.epoch === a.epoch) return b.loss;
  return a.loss + (b.loss - a.loss) * (epoch - a.epoch) / (b.epoch - a.epoch);
}
