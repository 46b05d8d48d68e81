import { expect } from "expect";
import type { Forecast } from "../../src/pipeline/forecast.ts";
import { planOutcome, planVerdict } from "../../src/report/plan_verdict.ts";
import { renderReport } from "../../src/report/report.ts";
import { events, input, record } from "./fixture.ts";

/** The icons take 19.5 s, the next stage 20.5 s, all of it 201 s. */
const [icons, first] = record.nodes;
const stage = (node: typeof icons, seconds: number): Forecast["stages"][number] => ({
  ...{ node: node!.id, stage: node!.stage, title: node!.title, action: "run" },
  ...{ seconds, disk: 0, cost: null },
});
const forecast: Forecast = {
  ...{ schema: 1, run: record.id, madeAt: "2026-01-02T03:04:05.000Z" },
  ...{ seconds: 100.5, memory: 1, disk: 1, cost: null },
  stages: [stage(icons, 39), stage(first, 20.5)],
};

Deno.test("the verdict on a plan tells of the whole run and of the stage that was planned worst", () => {
  expect(planVerdict(forecast, events)).toBe(
    "1 min 41 s planned, took 3 min 21 s: off by a factor of 2.0. Of the stages that took over 5 s " +
      'the worst was "Render icons": 39 s planned, took 20 s, a factor of 2.0.',
  );
  expect(planVerdict({ ...forecast, stages: [] }, events)).toBe(
    "1 min 41 s planned, took 3 min 21 s: off by a factor of 2.0.",
  );
});

Deno.test("as JSON it has every stage that was planned and ran", () => {
  expect(planOutcome(forecast, events)).toEqual({
    ...{ planned: 100.5, took: 201, factor: 2 },
    stages: [
      { node: icons!.id, planned: 39, took: 19.5, factor: 2 },
      { node: first!.id, planned: 20.5, took: 20.5, factor: 1 },
    ],
  });
});

Deno.test("the report has a section on the plan where one was made, and only there", async () => {
  expect(await renderReport(input)).not.toContain("<h2>Plan</h2>");
  const html = (await renderReport({ ...input, forecast })).replace(/\s+/g, " ");
  expect(html).toContain("<h2>Plan</h2>");
  expect(html).toContain("Made 2026-01-02 03:04 UTC by clusterfit plan. 1 min 41 s planned");
  expect(html).toContain(
    "<td>Render icons</td> <td>39 s</td> <td>20 s</td> <td>2.00</td>",
  );
});
