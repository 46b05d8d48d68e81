import { expect } from "expect";
import { formatDuration } from "../../src/report/duration.ts";

Deno.test("formatDuration() picks the unit a person would", () => {
  expect([0.04, 9.94, 48.2, 59.7, 200, 3599.7, 7500].map(formatDuration)).toEqual([
    "0.0 s",
    "9.9 s",
    "48 s",
    "1 min 00 s",
    "3 min 20 s",
    "1 h 00 min",
    "2 h 05 min",
  ]);
});
