import { expect } from "expect";
import { reproductions } from "../../src/experiments/list.ts";
import { settings, table1 } from "../../src/report/table1.ts";
import { toyClips, toyWorld } from "../method/toy_world.ts";
import { arm, axis, scores, summaryOf, target } from "../results/summaries.ts";

/** What Ncf gains, for each noise and K, with a spread of 1 over the seeds. */
function noisy(gain: (noise: number, k: number) => number) {
  const around = (mean: number) => [mean - 1, mean, mean + 1];
  const points = [0, 50].flatMap((noise) => [10, 20].map((k) => ({ noise, k })));
  const summary = summaryOf({
    arms: [
      arm("npre", "teacher", "noise"),
      arm("distilled", "control", "noise"),
      arm("ncf", "candidate", "noise", "k"),
    ],
    axes: [axis("noise", [0, 50]), axis("k", [10, 20])],
    targets: [target("emoji-identity"), target("unseen-names")],
    measurements: [
      ...[0, 50].flatMap((noise) => [
        ...scores("npre", { noise }, "emoji-identity", around(40)),
        ...scores("distilled", { noise }, "emoji-identity", around(0)),
      ]),
      ...points.flatMap((at) =>
        scores("ncf", at, "emoji-identity", around(40 + gain(at.noise, at.k)))
      ),
    ],
  });
  return { ...summary, study: { ...summary.study, experiment: "figure3" } };
}

const row = (text: string) => text.split("\n").at(-1)!.split("|").map((cell) => cell.trim());

Deno.test("Table 1 has the least and the most that Ncf gains over Npre at the points of its setting", () => {
  const [heading, , text] = table1([
    noisy((noise, k) => noise === 50 ? 30 : k === 10 ? -2 : 5.5),
  ]);
  expect(heading).toBe("## Table 1: what ClusterFit gains");
  expect(row(text!).slice(1, -1)).toEqual([
    ...["Fully supervised images", "Target emoji-identity (top-1)", "−2.0 to +5.5"],
    ...["1 of 2", "1 of 2", "ImageNet-9K +2.1"],
  ]);
});

Deno.test("Table 1 has one number where all gains are alike, and no row of what was not measured or run", () => {
  const [, , text] = table1([noisy(() => 0.5)]);
  expect(row(text!).slice(3, 6)).toEqual(["+0.5", "0 of 2", "0 of 2"]);
  expect(text!.split("\n").length).toBe(3);
  const { study, ...summary } = noisy(() => 1);
  expect(table1([])).toEqual([]);
  expect(table1([{ ...summary, study: { ...study, experiment: "mine" } }])).toEqual([]);
  expect(table1([{ ...summary, study, measurements: [] }])).toEqual([]);
});

Deno.test("Table 1 names experiments that there are, with their arms, axes and targets", () => {
  for (const { experiment, at, targets } of settings) {
    const { plan, schema } = reproductions[experiment]!;
    const names = targets.map(([name]) => name);
    const config = schema.parse({});
    const planned = plan(config, (config.data === "clips" ? toyClips : toyWorld)(names), {});
    expect(Object.keys(planned.arms)).toEqual(expect.arrayContaining(["npre", "ncf"]));
    expect(planned.targets).toEqual(expect.arrayContaining(names));
    expect(planned.axes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(Object.keys(at)),
    );
  }
});
