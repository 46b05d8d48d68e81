import { expect } from "expect";
import fc from "fast-check";
import { endsOfFit } from "../../src/results/fitted_line.ts";

Deno.test("endsOfFit() gives both ends of the line of least squares", () => {
  // By hand: means 2 and 4, slope ((-2)(-3) + (-1)(1) + 3 * 2) / (4 + 1 + 9) = 11 / 14.
  const [first, last] = endsOfFit([{ x: 0, y: 1 }, { x: 1, y: 5 }, { x: 5, y: 6 }]);
  expect(first).toBeCloseTo(4 - 2 * 11 / 14, 12);
  expect(last).toBeCloseTo(4 + 3 * 11 / 14, 12);
});

Deno.test("endsOfFit() goes through points that lie on a line, in any order", () => {
  const number = fc.integer({ min: -50, max: 50 });
  const places = fc.uniqueArray(number, { minLength: 2, maxLength: 9 });
  fc.assert(fc.property(places, number, number, (xs, slope, height) => {
    const points = xs.map((x) => ({ x, y: height + slope * x }));
    const [first, last] = endsOfFit(points);
    expect(first).toBeCloseTo(points.at(0)!.y, 6);
    expect(last).toBeCloseTo(points.at(-1)!.y, 6);
  }));
});

Deno.test("endsOfFit() refuses places of which no two differ", () => {
  expect(() => endsOfFit([{ x: 1, y: 1 }, { x: 1, y: 2 }])).toThrow(RangeError);
});
