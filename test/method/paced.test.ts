import { expect } from "expect";
import { paced, stepsOf, usual } from "../../src/method/paced.ts";

const auto = { batchSize: "auto", learningRate: "auto", warmupSteps: "auto" } as const;

Deno.test("ten thousand images train as the default job does", () => {
  expect(paced(auto, { rows: 10_000, epochs: 24 })).toEqual(usual);
  expect(paced(auto, { rows: 4000, epochs: 24 })).toEqual(usual);
});

Deno.test("few images: smaller batches for more steps, a rate in proportion, a warm-up that ends in time", () => {
  const few = paced(auto, { rows: 403, epochs: 60 });
  expect(few).toEqual({ batchSize: 32, learningRate: 0.025, warmupSteps: 100 });
  expect(stepsOf(403, 60, 32)).toBe(720);
  // no batch is so small that there are 500 steps: the smallest one is taken
  expect(paced(auto, { rows: 403, epochs: 8 }))
    .toEqual({ batchSize: 16, learningRate: 0.0125, warmupSteps: 40 });
  expect(paced(auto, { rows: 5, epochs: 1 }).warmupSteps).toBe(0);
});

Deno.test("whatever is set counts, and the rest follows it", () => {
  expect(paced({ ...auto, batchSize: 64 }, { rows: 403, epochs: 24 }))
    .toEqual({ batchSize: 64, learningRate: 0.05, warmupSteps: 28 });
  const set = { batchSize: 8, learningRate: 1, warmupSteps: 7 };
  expect(paced(set, { rows: 403, epochs: 24 })).toEqual(set);
});
