import { expect } from "expect";
import { leftOutText, readLeftOut } from "../../src/report/left_out.ts";
import { readReportInput } from "../../src/report/input.ts";
import { readResult } from "../../src/report/read_result.ts";
import { renderReport } from "../../src/report/report.ts";
import { input } from "./fixture.ts";
import { indexedRun } from "./indexed_run.ts";

Deno.test("pictures that were left out as bad are counted, with where they are listed", async () => {
  await using indexed = await indexedRun();
  const { run, list } = indexed;
  const left = await readLeftOut(run);
  expect(left).toEqual([{ node: "pictures", bad: 3, pictures: 1407, list }]);
  expect(leftOutText(left[0]!)).toBe(`3 of 1,407 pictures left out as bad: ${list}`);
  expect((await readResult(run)).leftOut).toEqual(left);
  expect((await readReportInput(run)).leftOut).toEqual(left);
});

Deno.test("videos that were left out are counted like pictures", async () => {
  await using indexed = await indexedRun("videos");
  expect((await readLeftOut(indexed.run)).map(({ bad }) => bad)).toEqual([3]);
});

Deno.test("the report tells them by a path in the folder of the run", async () => {
  const leftOut = [{ node: "pictures", bad: 3, pictures: 407, list: "/elsewhere/bad.csv" }];
  expect(await renderReport({ ...input, leftOut })).toContain(
    "3 of 407 pictures left out as bad: artifacts/pictures/bad.csv",
  );
  expect(await renderReport(input)).not.toContain("left out as bad");
});
