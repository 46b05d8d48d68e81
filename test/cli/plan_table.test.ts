import { expect } from "expect";
import { planTable } from "../../src/cli/plan_table.ts";
import { formatBytes } from "../../src/report/bytes.ts";
import type { Forecast } from "../../src/pipeline/forecast.ts";

const train: Forecast["stages"][number] = {
  ...{ node: "npre", stage: "train", title: "Pre-train Npre", action: "run" },
  ...{ seconds: 200, disk: 2e6, cost: 0.05 },
};
const forecast: Forecast = {
  ...{ schema: 1, run: "rotnet-1", madeAt: "2026-01-02T03:04:05.000Z" },
  ...{ seconds: 250, memory: 1.2e9, disk: 3e7, cost: 0.083 },
  stages: [
    {
      ...train,
      node: "icons",
      title: "Render icons",
      action: "link",
      seconds: 0,
      disk: 0,
      cost: 0,
    },
    train,
    { ...train, node: "odd", title: "Odd", stage: "odd", seconds: null, disk: 0, cost: 0 },
  ],
};

Deno.test("a plan has a line for each stage, and the sum below", () => {
  expect(planTable(forecast, 2)).toBe(`\
Render icons         there
Pre-train Npre  3 min 20 s        2 MB      0.0500
Odd                      ?        0 KB      0.0000

In all about 4 min 10 s with 2 stages at once, up to 1.2 GB of memory, 30 MB on the disk, 0.0830 in money.
Without Odd: nothing is known of such stages.`);
});

Deno.test("many stages are summed by their kind; without a price nothing is said of money", () => {
  const stages = Array.from({ length: 41 }, () => ({ ...train, cost: null }));
  expect(planTable({ ...forecast, cost: null, stages }, 1)).toBe(`\
41 x train  2 h 17 min       82 MB

In all about 4 min 10 s with 1 stage at once, up to 1.2 GB of memory, 30 MB on the disk.`);
});

Deno.test("formatBytes() has a unit that fits", () => {
  expect([0, 1, 999_000, 1_500_000, 2.34e9].map(formatBytes)).toEqual([
    ...["0 KB", "1 KB", "999 KB", "2 MB", "2.3 GB"],
  ]);
});
