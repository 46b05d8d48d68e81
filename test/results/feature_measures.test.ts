import { expect } from "expect";
import { featureRows } from "../../src/results/feature_measures.ts";
import { arm, axis, featureSummary, measure, scores, summaryOf } from "./summaries.ts";

Deno.test("measures of features stand beside each other, of every arm, by measure and reference", () => {
  const rows = featureRows(featureSummary);
  expect(rows.map(({ title }) => title)).toEqual([
    ...["Effective rank", "Neighbours shared with T"],
  ]);
  expect(rows.map(({ scores }) => scores.map(({ estimate }) => estimate?.mean))).toEqual([
    [40, 60],
    [undefined, 51],
  ]);
});

Deno.test("they keep their order where the first measure of one is missing", () => {
  const agreement = (of: string, reference: string) =>
    measure("neighbour-agreement", of, [50], { reference });
  const summary = summaryOf({
    arms: [arm("t", "teacher"), arm("u", "teacher"), arm("c", "candidate")],
    measurements: [
      ...[...agreement("u", "t"), ...agreement("c", "u"), ...agreement("c", "t")].toReversed(),
      ...[...measure("effective-rank", "c", [50]), ...measure("effective-rank", "t", [40])],
    ],
  });
  expect(featureRows(summary).map(({ reference }) => reference)).toEqual([null, "t", "u"]);
});

Deno.test("they stand at the points of their arms", () => {
  const summary = summaryOf({
    arms: [arm("t", "teacher"), arm("c", "candidate", "k")],
    axes: [axis("k", [10, 20])],
    measurements: [
      ...measure("effective-rank", "t", [40]),
      ...measure("effective-rank", "c", [50], { at: { k: 10 } }),
      ...measure("effective-rank", "c", [70], { at: { k: 20 } }),
    ],
  });
  expect(
    featureRows(summary).map(({ at, scores }) => [
      ...[at["k"], scores[0]?.estimate?.mean, scores[1]?.estimate?.mean],
    ]),
  ).toEqual([[10, 40, 50], [20, 40, 70]]);
});

Deno.test("scores on targets are no measures of features, and a measure is no score", () => {
  const measurements = scores("t", {}, "t", [50]);
  expect(featureRows(summaryOf({ arms: [arm("t", "teacher")], measurements }))).toEqual([]);
});
