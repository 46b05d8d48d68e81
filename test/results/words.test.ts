import { expect } from "expect";
import { axisValueText, listed, pointText, sixDigits } from "../../src/results/words.ts";
import { axis } from "./summaries.ts";

Deno.test("listed() joins names as a sentence does", () => {
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((names) => listed(names)))
    .toEqual(["", "a", "a and b", "a, b and c"]);
  expect(listed(["a", "b"], "or")).toBe("a or b");
});

Deno.test("pointText() follows the order of the axes, with units, and leaves out what a point lacks", () => {
  const axes = [
    axis("label noise", [0, 50], "%"),
    axis("K", [500, 1500]),
    axis("teacher", ["rotnet", "jigsaw"]),
  ];
  expect(pointText({ K: 1500, "label noise": 50 }, axes)).toBe("label noise 50%, K 1,500");
  expect(pointText({ teacher: "rotnet" }, axes)).toBe("teacher rotnet");
  expect(pointText({}, axes)).toBe("");
  expect(pointText({ K: 1500 }, [axis("K", [1500])])).toBe("");
  expect(axisValueText(0, axes[0]!)).toBe("0%");
});

Deno.test("sixDigits() rounds for people", () => {
  expect([232.83048428301032, 1234567.8, 0.000123456789, 12].map(sixDigits))
    .toEqual(["232.83", "1,234,570", "0.000123457", "12"]);
});
