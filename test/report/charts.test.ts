import { expect } from "expect";
import fc from "fast-check";
import { figure } from "../../src/report/charts/chart.ts";
import { binSizes, clusterSizesChart } from "../../src/report/charts/cluster_sizes.ts";
import { curveCharts } from "../../src/report/charts/curves.ts";
import { layerwiseChart } from "../../src/report/charts/layerwise.ts";
import { axisChart } from "../../src/report/charts/axis.ts";
import { linesOver } from "../../src/report/charts/line.ts";
import { layerScores } from "../../src/results/layers.ts";
import { noisyStudy, noisySummary, oneSeed, study, summary } from "./fixture.ts";

const layerwise = (shown: typeof summary) => layerwiseChart(layerScores(shown)[0]!, shown.study);

const [noise, k] = [noisyStudy.axes[0]!, noisyStudy.axes[1]!];
const lines = linesOver(noisySummary, "noise", noisyStudy.arms);

Deno.test("every chart has an accessible title and a description with its numbers", async () => {
  const charts = [
    layerwise(summary),
    clusterSizesChart(summary, summary.clusterings[0]!),
    ...curveCharts(study, summary.series),
    axisChart(noisySummary, noise, lines, noisySummary.targets[0]!),
  ];
  expect(charts.length).toBe(7);
  for (const chart of charts) {
    const html = String(await figure(chart));
    expect(html).toMatch(/<svg viewBox="0 0 [\d.]+ [\d.]+" role="img">/);
    expect(html).toContain(`<title>${chart.title}</title>`);
    expect(html).toMatch(/<desc>[^<]*\d[^<]*<\/desc>/);
    const [, outside = ""] = html.match(/^(.*)<g aria-hidden="true">/s) ?? [];
    expect(outside).toContain("</desc>"); // the marks say nothing more
  }
});

Deno.test("a legend of many names has a line for each, below a drawing as high as without", async () => {
  const places = Array.from({ length: 6 }, (_, at) => ({ noise: at * 25, k: 100 }));
  const long = { ...noisyStudy, axes: [{ ...noise, values: places.map(({ noise }) => noise) }, k] };
  const series = places.map((at) => ({ ...noisySummary.series[0]!, arm: "ncf", at }));
  const [loss] = curveCharts(long, series);
  expect(loss!.spec).toMatchObject({ height: 200 + 5 * 17 });
  const html = String(await figure(loss!));
  for (const { noise } of places) expect(html).toContain(`>label noise ${noise}%, K 100<`);
});

Deno.test("charts take the arms' colours from the page's colour scheme", async () => {
  const html = String(await figure(layerwise(summary)));
  for (const color of ["--teacher-0", "--control-0", "--candidate-0"]) {
    expect(html).toContain(`fill="var(${color})"`);
  }
  expect(html).not.toContain('fill="white"');
});

Deno.test("the layer-wise chart draws the spread of three seeds and none of one", async () => {
  const lengths = async (shown: typeof summary) =>
    [
      ...String(await figure(layerwise(shown))).matchAll(
        /<line [^>]*x2="(-?[\d.]+)"[^>]*var\(--ink\)/g,
      ),
    ]
      .map((match) => Number(match[1]));
  expect((await lengths(summary)).filter((length) => length !== 0).length).toBe(12);
  expect((await lengths(oneSeed)).filter((length) => length !== 0)).toEqual([]);
});

Deno.test("the layer-wise chart has a bar for each layer of each network, with its own mean and spread", () => {
  const { spec, description } = layerwise(summary);
  const { values } = spec.data as { values: Record<string, unknown>[] };
  const bars = values.map(({ layer, arm, mean, low, high }) => [layer, arm, mean, low, high]);
  const means = { npre: [33, 39, 44, 45.5], npre2x: [33.5, 40, 46, 47.4], ncf: [34, 41, 47, 49.6] };
  const spreads = { npre: 1.3, npre2x: 0.9, ncf: 0.4 };
  const close = (value: number) => expect.closeTo(value, 9);
  expect(bars).toEqual(
    ["res2", "res3", "res4", "res5"].flatMap((layer, at) =>
      (["npre", "npre2x", "ncf"] as const).map((arm) => {
        const [mean, spread] = [means[arm][at]!, spreads[arm]];
        return [layer, arm, close(mean), close(mean - spread), close(mean + spread)];
      })
    ),
  );
  expect(description).toContain("res2 Npre 33.0, res2 Npre 2x 33.5, res2 Ncf 34.0, res3");
});

Deno.test("curves of a task are drawn once it has an epoch, and accuracy where the objective has one", () => {
  const [npre] = summary.series;
  const first = { ...npre!, points: npre!.points.slice(0, 1) };
  expect(curveCharts(study, [{ ...npre!, points: [] }])).toEqual([]);
  const titles = (series: typeof summary.series) =>
    curveCharts(study, series).map(({ title }) => title);
  expect(titles([first])).toEqual([
    "Loss on the teacher’s task: Npre, Npre 2x",
    "Accuracy (%) on the teacher’s task: Npre, Npre 2x",
  ]);
  const silent = { ...first, points: first.points.map((point) => ({ ...point, accuracy: null })) };
  expect(titles([silent])).toEqual(["Loss on the teacher’s task: Npre, Npre 2x"]);
});

Deno.test("curves of one arm at several points differ in their dashes, and a legend names the points", async () => {
  const one = summary.series[0]!;
  const axes = [{ name: "k", title: "K", unit: "", values: [12, 40] }];
  const at = (k: number) => ({ ...one, at: { k } });
  const drawn = async (...series: typeof summary.series) =>
    String(await figure(curveCharts({ ...study, axes }, series)[0]!));
  const several = await drawn(at(12), at(40));
  expect(several).toContain(">K 12<");
  expect(several).toContain(">K 40<");
  expect(several).toMatch(/stroke-dasharray="6,3"/);
  expect(await drawn(at(12))).not.toContain(">K 12<");
});

Deno.test("an arm that is not trained here has no curves", () => {
  const arms = study.arms.map((arm) => ({ ...arm, ...(arm.id === "npre" && { task: null }) }));
  expect(curveCharts({ ...study, arms }, summary.series).map(({ title }) => title)[0])
    .toBe("Loss on the teacher’s task: Npre 2x");
});

Deno.test("along an axis each arm that has it is a line, and so is each of its other values", () => {
  expect(lines.map(({ title }) => title))
    .toEqual(["Npre", "Distilled", "Ncf, K 100", "Ncf, K 400", "Ncf, K 1,600"]);
  expect(new Set(lines.slice(2).map(({ colour }) => colour)).size).toBe(1);
  expect(new Set(lines.slice(2).map(({ dash, symbol }) => `${dash} ${symbol}`)).size).toBe(3);
  expect(linesOver(noisySummary, "k", noisyStudy.arms).map(({ title }) => title))
    .toEqual([0, 25, 50, 75].map((noise) => `Ncf, label noise ${noise}%`));
});

Deno.test("a panel has the mean of each point and the spread over its seeds", async () => {
  const [target] = noisySummary.targets;
  const { description, spec } = axisChart(noisySummary, noise, lines, target!);
  // 58 - 0.24 noise; 58 - 5 - 0.13 noise.
  expect(description).toContain("Npre: 58.0 at 0%, 52.0 at 25%, 46.0 at 50%, 40.0 at 75%.");
  expect(description).toContain("Ncf, K 100: 53.0 at 0%, 49.8 at 25%, 46.5 at 50%, 43.3 at 75%.");
  const { values } = spec.data as unknown as { values: { mean: number; high: number }[] };
  expect(values[0]!.high - values[0]!.mean).toBeCloseTo(0.6, 10);
  const html = String(await figure({ title: "t", description, spec }));
  expect(html).toContain('stroke="var(--candidate-0)"');
});

Deno.test("an axis of numbers over a wide range is logarithmic, and names stand in their order", () => {
  const x = (axis: typeof noise) =>
    (axisChart(noisySummary, axis, [], noisySummary.targets[0]!).spec as {
      encoding: { x: { type: string; scale?: { type?: string } } };
    }).encoding.x;
  expect(x(k).scale?.type).toBe("log");
  expect(x(noise).scale?.type).toBeUndefined();
  expect(x({ ...k, values: ["rotnet", "jigsaw"] }).type).toBe("ordinal");
});

Deno.test("binSizes() loses no cluster, has whole bins and at most 40", () => {
  const sizes = fc.array(fc.nat(5000), { minLength: 1, maxLength: 200 });
  fc.assert(fc.property(sizes, sizes, (a, b) => {
    const bins = binSizes([{ sizes: a }, { sizes: b }]);
    const total = bins.reduce((sum, { clusters }) => sum + clusters, 0);
    expect(total * 2).toBe(a.length + b.length);
    expect(bins.length).toBeLessThanOrEqual(40);
    bins.forEach(({ from, to }, at) => {
      expect(from).toBe(at === 0 ? 0 : bins[at - 1]!.to);
      expect(Number.isInteger(to) && to > from).toBe(true);
    });
    expect(bins.at(-1)!.to).toBeGreaterThan(Math.max(...a, ...b));
  }));
});
