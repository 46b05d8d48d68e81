import { expect } from "expect";
import fc from "fast-check";
import { UserError } from "../../src/pipeline/errors.ts";
import {
  cosineWithWarmup,
  learningRateAt,
  type Schedule,
  scheduleOf,
} from "../../src/method/schedule.ts";

const course = { peak: 0.2, warmupSteps: 10, totalSteps: 110 };

Deno.test("cosineWithWarmup() rises in even steps, peaks, and falls to half at the middle", () => {
  expect(cosineWithWarmup(course, 0)).toBeCloseTo(0.02, 12);
  expect(cosineWithWarmup(course, 9)).toBeCloseTo(0.2, 12);
  expect(cosineWithWarmup(course, 10)).toBeCloseTo(0.2, 12);
  expect(cosineWithWarmup(course, 60)).toBeCloseTo(0.1, 12);
  expect(cosineWithWarmup(course, 110)).toBeCloseTo(0, 12);
});

/** The rates of all steps. */
const rates = (schedule: Schedule, totalSteps: number, warmupSteps = 0, peak = 1) =>
  Array.from(
    { length: totalSteps },
    (_, step) => learningRateAt({ schedule, peak, warmupSteps, totalSteps }, step),
  );

Deno.test("the cosine of learningRateAt() is cosineWithWarmup()", () => {
  expect(rates("cosine", 110, 10, 0.2))
    .toEqual(Array.from({ length: 110 }, (_, step) => cosineWithWarmup(course, step)));
});

Deno.test("halving holds each of 14 rates equally long, each half of the one before", () => {
  const byHand = Array.from({ length: 14 }, (_, at) => Array(5).fill(0.5 ** at)).flat();
  expect(rates("halving", 70)).toEqual(byHand);
  // 100 steps: halved at i * 100 / 14 = 7.1, 14.3, 21.4 ... rounded
  const changes = rates("halving", 100).flatMap((rate, step, all) =>
    step > 0 && rate !== all[step - 1] ? [step] : []
  );
  expect(changes).toEqual([7, 14, 21, 29, 36, 43, 50, 57, 64, 71, 79, 86, 93]);
});

Deno.test("halving halves at i/14 of all steps, i = 1 .. 13, and nowhere else, however many steps there are", () => {
  fc.assert(fc.property(fc.integer({ min: 14, max: 500_000 }), (totalSteps) => {
    const rate = (step: number) =>
      learningRateAt({ schedule: "halving", peak: 1, warmupSteps: 0, totalSteps }, step);
    const boundaries = Array.from(
      { length: 13 },
      (_, at) => Math.round((at + 1) * totalSteps / 14),
    );
    expect(boundaries.flatMap((step) => [rate(step - 1), rate(step)]))
      .toEqual(boundaries.flatMap((_, at) => [0.5 ** at, 0.5 ** (at + 1)]));
    expect([rate(0), rate(totalSteps - 1)]).toEqual([1, 0.5 ** 13]);
  }));
});

Deno.test("the paper's schedule of self-supervised networks: by 10 after every 30 of 105 epochs", () => {
  const schedule = scheduleOf({ after: [30, 60, 90], divideBy: 10 }, 105);
  const perEpoch = 5005; // 1,281,167 images, 256 at a time
  const rate = (step: number) =>
    learningRateAt({ schedule, peak: 0.1, warmupSteps: 0, totalSteps: 105 * perEpoch }, step);
  const around = [30, 60, 90].flatMap((
    epoch,
  ) => [rate(epoch * perEpoch - 1), rate(epoch * perEpoch)]);
  expect(around).toEqual([0.1, 0.01, 0.01, 0.001, 0.001, 0.0001].map((r) => expect.closeTo(r, 12)));
  expect(rate(105 * perEpoch - 1)).toBeCloseTo(0.0001, 12);
});

Deno.test("a schedule by epochs divides the rate at the first step behind each of them", () => {
  const schedule = scheduleOf({ after: [3, 6], divideBy: 10 }, 9);
  const perEpoch = 7;
  const byHand = [1, 0.1, 0.01].flatMap((rate) => Array(3 * perEpoch).fill(rate));
  expect(rates(schedule, 9 * perEpoch)).toEqual(byHand.map((rate) => expect.closeTo(rate, 12)));
  // for Npre 2x it is stretched: after 6 and 12 of 18 epochs
  expect(rates(schedule, 18 * perEpoch).indexOf(0.1)).toBe(6 * perEpoch);
});

Deno.test("epochs of a schedule fall on whole steps, however many epochs and steps there are", () => {
  fc.assert(fc.property(
    fc.integer({ min: 2, max: 300 }).chain((epochs) =>
      fc.tuple(fc.constant(epochs), fc.integer({ min: 1, max: epochs - 1 }))
    ),
    fc.integer({ min: 1, max: 6000 }),
    ([epochs, after], perEpoch) => {
      const schedule = scheduleOf({ after: [after], divideBy: 2 }, epochs);
      const rate = (step: number) =>
        learningRateAt({ schedule, peak: 1, warmupSteps: 0, totalSteps: epochs * perEpoch }, step);
      expect([rate(after * perEpoch - 1), rate(after * perEpoch)]).toEqual([1, 0.5]);
    },
  ));
});

Deno.test("the warm-up raises what any schedule says in even steps", () => {
  expect(rates({ divideBy: 10, at: [0.5] }, 8, 4).map((rate) => rate.toFixed(3)))
    .toEqual(["0.250", "0.500", "0.750", "1.000", "0.100", "0.100", "0.100", "0.100"]);
  expect(rates({ divideBy: 2, at: [0.5] }, 4, 4)).toEqual([0.25, 0.5, 0.375, 0.5]);
});

Deno.test("a schedule that goes on behind the end of the training is refused", () => {
  const attempt = () => scheduleOf({ after: [3, 9], divideBy: 10 }, 9);
  expect(attempt).toThrow(UserError);
  expect(attempt).toThrow(
    "Cannot divide the learning rate after epoch 9: it needs fewer than the 9 epochs of the training, " +
      "found [3,9]. Change training.schedule or --epochs.",
  );
});

Deno.test("no schedule leaves (0, peak] or rises after the warm-up", () => {
  fc.assert(fc.property(
    fc.constantFrom<Schedule>("cosine", "halving", { divideBy: 10, at: [0.3, 0.6] }),
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: 1, max: 500 }),
    (schedule, warmupSteps, totalSteps) => {
      const all = rates(schedule, totalSteps, warmupSteps, 0.3);
      expect(all.every((rate) => rate > 0 && rate <= 0.3)).toBe(true);
      const after = all.slice(Math.min(warmupSteps, totalSteps));
      expect(after.every((rate, at) => at === 0 || rate <= (after[at - 1] ?? 0))).toBe(true);
    },
  ));
});
