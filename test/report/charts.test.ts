import { expect } from "expect";
import fc from "fast-check";
import { figure } from "../../src/report/charts/chart.ts";
import { binSizes, clusterSizesChart } from "../../src/report/charts/cluster_sizes.ts";
import { curveCharts } from "../../src/report/charts/curves.ts";
import { layerwiseChart } from "../../src/report/charts/layerwise.ts";
import { oneSeed, summary } from "./fixture.ts";

Deno.test("every chart has an accessible title and a description with its numbers", async () => {
  const charts = [
    layerwiseChart(summary),
    clusterSizesChart(summary),
    ...curveCharts(summary.curves),
  ];
  expect(charts.length).toBe(6);
  for (const chart of charts) {
    const html = String(await figure(chart));
    expect(html).toMatch(/<svg viewBox="0 0 [\d.]+ [\d.]+" role="img">/);
    expect(html).toContain(`<title>${chart.title}</title>`);
    expect(html).toMatch(/<desc>[^<]*\d[^<]*<\/desc>/);
  }
});

Deno.test("charts take the networks' colours from the page's colour scheme", async () => {
  const html = String(await figure(layerwiseChart(summary)));
  for (const color of ["--npre", "--npre2x", "--ncf"]) {
    expect(html).toContain(`fill="var(${color})"`);
  }
  expect(html).not.toContain('fill="white"');
});

Deno.test("the layer-wise chart draws the spread of three seeds and none of one", async () => {
  const lengths = async (shown: typeof summary) =>
    [
      ...String(await figure(layerwiseChart(shown))).matchAll(
        /<line [^>]*x2="(-?[\d.]+)"[^>]*var\(--ink\)/g,
      ),
    ]
      .map((match) => Number(match[1]));
  expect((await lengths(summary)).filter((length) => length !== 0).length).toBe(12);
  expect((await lengths(oneSeed)).filter((length) => length !== 0)).toEqual([]);
});

Deno.test("curves of a task are drawn once it has an epoch", () => {
  const first = summary.curves.npre[0]!.slice(0, 1);
  expect(curveCharts({ npre: [], npre2x: [[]], ncf: [] })).toEqual([]);
  const titles = curveCharts({ npre: [first], npre2x: [], ncf: [] }).map(({ title }) => title);
  expect(titles).toEqual([
    "Loss on the teacher’s task: Npre, Npre 2x",
    "Accuracy (%) on the teacher’s task: Npre, Npre 2x",
  ]);
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
