import { expect } from "expect";
import { featuresTable } from "../../src/report/sections/features_table.ts";
import { featureSummary } from "../results/summaries.ts";
import { summary } from "./fixture.ts";

Deno.test("the report has a table of the measures of features, and none where there are none", () => {
  const text = String(featuresTable(featureSummary)).replaceAll(/<[^>]*>|\s+/g, " ")
    .replaceAll(/ +/g, " ");
  expect(text).toContain("Effective rank 40.0 ± 1.0 60.0 ± 0.0");
  expect(text).toContain("Neighbours shared with T – 51.0 ± 1.0");
  expect(featuresTable(summary)).toBeUndefined();
});
