import { expect } from "expect";
import { checkFigure, drawFigure } from "../../../src/report/figures/list.ts";
import { noisySummary } from "../fixture.ts";

const request = {
  name: "figure3",
  arms: { teacher: "npre", distilled: "distilled", candidate: "ncf" },
  axes: { noise: "noise" },
};

Deno.test("Figure 3 has a panel for each target and a line for the teacher, distillation and each K", async () => {
  const svg = await drawFigure(request, noisySummary);
  const titles = [...svg.matchAll(/font-weight="600">([^<]*)</g)].map(([, title]) => title);
  expect(titles).toEqual([
    "(a) Names in held-out icon families (top-1, %)",
    "(b) Names never seen (top-1, %)",
    "(c) Emoji identity, held-out vendor (top-1, %)",
  ]);
  for (const line of ["Npre", "Distilled", "Ncf, K 100", "Ncf, K 400", "Ncf, K 1,600"]) {
    expect(svg).toContain(`>${line}</text>`);
  }
  expect(svg).toMatch(/<desc>.*Npre: 58\.0 at 0%, 52\.0 at 25%.*<\/desc>/s);
});

Deno.test("a figure is one SVG file that needs nothing but itself, the same each time", async () => {
  const svg = await drawFigure(request, noisySummary);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
  expect(svg).not.toMatch(/<script|href=|url\(|@import|<!--/);
  for (const [, name] of svg.matchAll(/var\((--[\w-]+)\)/g)) expect(svg).toContain(`${name}:`);
  expect(await drawFigure(request, noisySummary)).toBe(svg);
});

Deno.test("a figure draws the arms that the experiment names, whatever their ids", async () => {
  const swapped = {
    ...request,
    arms: { ...request.arms, teacher: "distilled", distilled: "npre" },
  };
  const order = (svg: string) =>
    [...svg.matchAll(/>(Npre|Distilled)<\/text>/g)].map(([, name]) => name);
  expect(order(await drawFigure(request, noisySummary))).toEqual(["Npre", "Distilled"]);
  expect(order(await drawFigure(swapped, noisySummary))).toEqual(["Distilled", "Npre"]);
});

Deno.test("a figure without an arm or axis for one of its parts is refused, and so is an unknown one", async () => {
  await expect(drawFigure({ ...request, name: "figure99" }, noisySummary)).rejects.toThrow(
    'Cannot draw the figure "figure99": it needs one of ',
  );
  const { teacher: _, ...arms } = request.arms;
  await expect(drawFigure({ ...request, arms }, noisySummary)).rejects.toThrow(
    'Cannot draw figure3: it needs an arm of the experiment as "teacher", found none. ' +
      "Name one of npre, distilled, ncf in the experiment's figures.",
  );
  await expect(drawFigure({ ...request, axes: { noise: "epochs" } }, noisySummary)).rejects.toThrow(
    'Cannot draw figure3: it needs an axis of the experiment as "noise", found "epochs".',
  );
});

Deno.test("what cannot be drawn is told before an experiment runs", () => {
  const known = { arms: ["npre", "distilled", "ncf"], axes: ["noise"] };
  checkFigure(request, known);
  checkFigure({ name: "along", arms: {}, axes: { axis: "noise" } }, known);
  const wrong = (request: Parameters<typeof checkFigure>[0]) =>
    expect(() => checkFigure(request, known));
  wrong({ ...request, name: "toString" }).toThrow('Cannot draw the figure "toString"');
  wrong({ ...request, arms: {} }).toThrow('as "teacher", found none');
  wrong({ name: "along", arms: {}, axes: { axis: "k" } }).toThrow('as "axis", found "k"');
});

Deno.test("any experiment has a figure of all its arms along one of its axes", async () => {
  const svg = await drawFigure({ name: "along", arms: {}, axes: { axis: "k" } }, noisySummary);
  for (const line of ["Npre", "Distilled", "Ncf, label noise 25%"]) {
    expect(svg).toContain(`>${line}</text>`);
  }
  expect(svg).toMatch(/<desc>.*Ncf, label noise 0%: [\d.]+ at 100, [\d.]+ at 400, /s);
});
