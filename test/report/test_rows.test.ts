import { expect } from "expect";
import { resultsTables } from "../../src/report/sections/results_table.ts";
import { textTable } from "../../src/report/text_table.ts";
import { testRowLines } from "../../src/report/test_rows.ts";
import { arm, scores, summaryOf, target } from "../results/summaries.ts";

const tested = (test: number) =>
  summaryOf({
    arms: [arm("a", "teacher")],
    targets: [{ ...target("t"), title: "Plants", test }],
    measurements: scores("a", {}, "t", [40]),
  });

Deno.test("each target's test rows and majority baseline are told, and what a small test set cannot tell", () => {
  expect(testRowLines(tested(19))).toEqual([
    "Plants: 19 test rows, majority baseline 25.0; differences up to 15.8 points (3 rows) mean nothing.",
  ]);
  expect(testRowLines(tested(2))[0]).toContain("up to 100.0 points");
  expect(testRowLines(tested(3000))).toEqual([
    "Plants: 3,000 test rows, majority baseline 25.0.",
  ]);
  expect(testRowLines({ ...tested(19), measurements: [] })[0]).not.toContain("baseline");
});

Deno.test("terminal and report tell it", () => {
  expect(textTable(tested(3000))).toContain("Plants: 3,000 test rows");
  expect(String(resultsTables(tested(19)))).toContain("Plants: differences up to 15.8 points");
  expect(String(resultsTables(tested(3000)))).not.toContain("Plants: differences");
});
