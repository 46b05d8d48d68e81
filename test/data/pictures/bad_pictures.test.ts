import { expect } from "expect";
import { allowedBad, checkBad, enoughFor } from "../../../src/data/pictures/bad_pictures.ts";

Deno.test("the share that is advised allows just as many as are bad", () => {
  for (let total = 2; total <= 400; total += 7) {
    for (let bad = 1; bad < total; bad++) {
      const share = enoughFor(bad, total);
      expect(allowedBad(share, total)).toBe(bad);
    }
  }
});

Deno.test("a share is rounded down to pictures", () => {
  expect([0, 0.009, 0.01, 0.0199, 1].map((share) => allowedBad(share, 100)))
    .toEqual([0, 0, 1, 1, 100]);
});

Deno.test("as many as are allowed pass, one more does not", () => {
  const bad = Array.from({ length: 29 }, (_, at) => ({ name: `${at}`, reason: "it is empty" }));
  const allowance = {
    ...{ given: "x", total: 100, list: "bad.csv", reasons: { "it is empty": 29 } },
    unit: "videos" as const,
  };
  checkBad(bad, { ...allowance, maxBad: 0.29 });
  expect(() => checkBad(bad, { ...allowance, maxBad: 0.28 })).toThrow(
    "Cannot use the videos of x: it needs at most 28 bad",
  );
});
