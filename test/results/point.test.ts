import { expect } from "expect";
import { agree, pointKey, samePoint } from "../../src/results/point.ts";

Deno.test("agree() looks at the axes that both have, and at no other", () => {
  expect(agree({ noise: 25, k: 10 }, { noise: 25 })).toBe(true);
  expect(agree({ noise: 25 }, { noise: 50, k: 10 })).toBe(false);
  expect(agree({ noise: 25 }, { k: 10 })).toBe(true);
  expect(agree({}, { k: 10 })).toBe(true);
});

Deno.test("a number is not the name that is written alike", () => {
  expect(agree({ k: 10 }, { k: "10" })).toBe(false);
  expect(samePoint({ k: 10 }, { k: "10" })).toBe(false);
});

Deno.test("samePoint() and pointKey() do not depend on the order of the axes", () => {
  expect(pointKey({ a: 1, b: "x" })).toBe(pointKey({ b: "x", a: 1 }));
  expect(samePoint({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  expect(samePoint({ a: 1 }, { a: 1, b: 2 })).toBe(false);
});
