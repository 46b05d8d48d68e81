import { expect } from "expect";
import fc from "fast-check";
import { cosineWithWarmup } from "../../src/method/schedule.ts";

const schedule = { peak: 0.2, warmupSteps: 10, totalSteps: 110 };

Deno.test("cosineWithWarmup() rises in even steps, peaks, and falls to half at the middle", () => {
  expect(cosineWithWarmup(schedule, 0)).toBeCloseTo(0.02, 12);
  expect(cosineWithWarmup(schedule, 9)).toBeCloseTo(0.2, 12);
  expect(cosineWithWarmup(schedule, 10)).toBeCloseTo(0.2, 12);
  expect(cosineWithWarmup(schedule, 60)).toBeCloseTo(0.1, 12);
  expect(cosineWithWarmup(schedule, 110)).toBeCloseTo(0, 12);
});

Deno.test("cosineWithWarmup() never leaves (0, peak] and never rises after the warm-up", () => {
  fc.assert(fc.property(
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: 1, max: 500 }),
    (warmupSteps, totalSteps) => {
      const rates = Array.from(
        { length: totalSteps },
        (_, step) => cosineWithWarmup({ peak: 0.3, warmupSteps, totalSteps }, step),
      );
      expect(rates.every((rate) => rate > 0 && rate <= 0.3)).toBe(true);
      const after = rates.slice(Math.min(warmupSteps, totalSteps));
      expect(after.every((rate, at) => at === 0 || rate <= (after[at - 1] ?? 0))).toBe(true);
    },
  ));
});
