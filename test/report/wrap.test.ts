import { expect } from "expect";
import fc from "fast-check";
import { wrap } from "../../src/report/wrap.ts";

const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });

Deno.test("wrap() keeps every word in order and every line within the width", () => {
  fc.assert(fc.property(words, fc.integer({ min: 12, max: 80 }), (given, width) => {
    const lines = wrap(given.join(" "), width);
    expect(lines.join(" ")).toBe(given.join(" "));
    expect(lines.every((line) => line.length <= width)).toBe(true);
  }));
});

Deno.test("wrap() ends no line at a no-break space", () => {
  expect(wrap("at noise\u00a025%, K\u00a0100", 12)).toEqual([
    "at",
    "noise\u00a025%,",
    "K\u00a0100",
  ]);
});
