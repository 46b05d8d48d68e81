import { expect } from "expect";
import { curvePlots } from "../../src/cli/curve_plot.ts";
import { compareRuns } from "../../src/report/comparison/compare_runs.ts";
import type { Series } from "../../src/results/summary.ts";
import { curve, openRunOf } from "../report/comparison/runs.ts";
import { arm, summaryOf } from "../results/summaries.ts";

const toy = summaryOf({
  arms: [arm("npre", "teacher"), arm("ncf", "candidate")],
  measurements: [],
});

const plots = (runs: readonly (readonly Series[])[], options = { width: 31, colour: false }) =>
  curvePlots(compareRuns(runs.map((curves) => openRunOf(toy, { curves }))), options);

Deno.test("a loss that falls on a straight line is drawn from the top left to the bottom right", () => {
  const [title, ...lines] = plots([[curve("npre", [14, 13, 12, 2])], []]).split("\n");
  expect(title).toBe("Loss on the toy task, by epoch");
  // Epochs 1 to 4 stand in columns 0, 7, 14 and 21; a row is worth 1.
  const grid = lines.slice(0, 13).map((line) => line.slice(9).padEnd(22));
  expect(lines[0]!.slice(0, 9)).toBe("  14.00 │");
  expect(lines[12]!.slice(0, 9)).toBe("  2.000 │");
  const columns = (column: number) =>
    grid.flatMap((line, row) => line[column] === "1" ? [row] : []);
  expect(columns(0)).toEqual([0]);
  expect(columns(7)).toEqual([1]);
  expect(columns(14)).toContain(2);
  expect(columns(21)).toContain(12);
  expect(lines.slice(13)).toEqual(["         1                    4", "  1  A  NPRE"]);
});

Deno.test("a run that is not as far ends where it is, on the same epochs", () => {
  const shown = plots([[curve("npre", [3, 2, 1])], [curve("npre", [3, 2.5])]]).split("\n");
  const widths = ["1", "2"].map((mark) =>
    Math.max(...shown.slice(1, 14).map((line) => line.lastIndexOf(mark)))
  );
  expect(widths).toEqual([30, 9 + 10]);
  expect(shown.slice(-2)).toEqual(["  1  A  NPRE", "  2  B  NPRE"]);
});

Deno.test("seeds share a line of the legend, and so do runs whose curves are the same", () => {
  const seeds = [curve("npre", [3, 2]), curve("npre", [4, 1], { seed: 2 })];
  const shown = plots([[...seeds, curve("ncf", [5, 4])], seeds]).split("\n");
  expect(shown.slice(-2)).toEqual(["  1  A, B  NPRE", "  2  A  NCF"]);
});

Deno.test("one epoch, a loss that never changes and no epoch at all can be drawn", () => {
  expect(plots([[curve("npre", [2])], []])).toMatch(/\n {2}2\.000 │1/);
  expect(plots([[curve("npre", [2, 2, 2])], []])).toContain("│1111");
  expect(plots([[curve("npre", [])], []])).toBe("");
});

Deno.test("a line is coloured by its run only where colours are wanted, and looks the same without", () => {
  const runs = [[curve("npre", [3, 2])], [curve("npre", [2, 1])]];
  const plain = plots(runs);
  const coloured = plots(runs, { width: 31, colour: true });
  expect(plain).not.toContain("\u001b");
  expect(coloured).toContain("\u001b[34m1\u001b[0m");
  expect(coloured).toContain("\u001b[31m  2  B  NPRE\u001b[0m");
  // deno-lint-ignore no-control-regex
  expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(plain);
});

Deno.test("more networks than there are marks are counted", () => {
  const arms = Array.from({ length: 40 }, (_, at) => arm(`a${at}`, "control"));
  const many = summaryOf({ arms, measurements: [] });
  const curves = arms.map(({ id }, at) => curve(id, [at + 2, at + 1]));
  const comparison = compareRuns([openRunOf(many, { curves }), openRunOf(many)]);
  expect(curvePlots(comparison, { width: 80, colour: false })).toMatch(
    /and 5 more, which --out shows$/,
  );
});
