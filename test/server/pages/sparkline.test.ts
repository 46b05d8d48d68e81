import { expect } from "expect";
import { sparkline } from "../../../src/server/pages/sparkline.ts";

Deno.test("a sparkline goes from its first to its last value, and tells both", () => {
  const text = `${sparkline([3, 1, 2])}`;
  expect(text).toContain('d="M0 0L48 24L96 12"');
  expect(text).toContain('<circle cx="96" cy="12"');
  expect(text).toContain('aria-label="loss 3 to 2"');
});

Deno.test("one value, or the same ones, lie in the middle; without values there is nothing", () => {
  expect(`${sparkline([2])}`).toContain('d="M48 12"');
  expect(`${sparkline([2, 2])}`).toContain('d="M0 12L96 12"');
  expect(sparkline([])).toBeUndefined();
  expect(sparkline([NaN, Infinity])).toBeUndefined();
});
