import { expect } from "expect";
import { parseTargetSpec } from "../../../src/data/pictures/target_spec.ts";
import { UserError } from "../../../src/pipeline/errors.ts";

Deno.test("a target is a name and what stands behind the first equals sign", () => {
  expect(parseTargetSpec("plants=~/labelled")).toEqual({ name: "plants", given: "~/labelled" });
  expect(parseTargetSpec("voc-07=a=b.csv")).toEqual({ name: "voc-07", given: "a=b.csv" });
});

Deno.test("a target without a name, with one that is no folder's, or without pictures is a mistake", () => {
  const found = { "~/labelled": "no name", "Plants=x": 'the name "Plants"', "=x": 'the name ""' };
  for (const [text, what] of Object.entries({ ...found, "plants= ": "no pictures" })) {
    expect(() => parseTargetSpec(text)).toThrow(UserError);
    expect(() => parseTargetSpec(text)).toThrow(`found ${what}. Give`);
  }
});
