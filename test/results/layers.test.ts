import { expect } from "expect";
import type { Measurement } from "../../src/results/measurement.ts";
import { layerScores } from "../../src/results/layers.ts";
import { arm, axis, scores, summaryOf, target } from "./summaries.ts";

const layers = ["res2", "res3", "res5"];
const at = (k: number) => ({ k });

/** What an arm scored at each layer, pooled to 640 numbers: the base and a point more for each layer, and for
 * each seed. */
function pooled(id: string, point: { k?: number }, base: number): Measurement[] {
  return layers.flatMap((layer, by) =>
    scores(id, point, "t", [base + by, base + by + 1]).map((one) => ({
      ...{ ...one, layer, budget: 640 },
    }))
  );
}

const summary = summaryOf({
  arms: [arm("npre", "teacher"), arm("ncf", "candidate", "k")],
  axes: [axis("k", [5, 9])],
  targets: [target("t"), target("other")],
  seeds: 2,
  measurements: [
    ...scores("npre", {}, "t", [90, 91]), // the last layer, averaged
    ...pooled("npre", {}, 10),
    ...pooled("ncf", at(5), 20),
    ...pooled("ncf", at(9), 30),
    ...scores("npre", {}, "other", [50, 51]),
  ],
});

Deno.test("layerScores() gives each layer of each arm and point its own scores", () => {
  const [found, ...more] = layerScores(summary);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ target: { name: "t" }, budget: 640, layers });
  const means = found?.networks.map(({ at, scores }) => [
    ...[scores[0]?.arm.id, at, scores.map(({ estimate }) => estimate?.mean)],
  ]);
  expect(means).toEqual([
    ["npre", {}, [10.5, 11.5, 12.5]],
    ["ncf", { k: 5 }, [20.5, 21.5, 22.5]],
    ["ncf", { k: 9 }, [30.5, 31.5, 32.5]],
  ]);
});

Deno.test("layerScores() leaves out an arm that was not probed at several layers", () => {
  const [found] = layerScores({
    ...summary,
    measurements: summary.measurements.filter(({ arm, at, budget }) =>
      arm === "npre" ? budget === null : at["k"] === 5
    ),
  });
  expect(found?.networks.map(({ at, scores }) => [scores[0]?.arm.id, at]))
    .toEqual([["ncf", { k: 5 }]]);
});

Deno.test("layerScores() compares no networks whose last layers merely have other names", () => {
  const [teacher, student] = [scores("npre", {}, "t", [9, 9]), scores("ncf", at(5), "t", [8, 8])];
  const measurements = [...teacher.map((one) => ({ ...one, layer: "pooled" })), ...student];
  expect(layerScores({ ...summary, measurements })).toEqual([]);
});
