import { expect } from "expect";
import { withoutHeldOut } from "../../../src/data/pictures/held_out.ts";
import { planTarget } from "../../../src/data/pictures/target_plan.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import { classesOf, labelledCollection } from "./labelled_collection.ts";

const plants = labelledCollection(classesOf({ rose: 10, tulip: 10 }));
const plan = planTarget("plants", plants, 1);

Deno.test("what is learned from is what no target validates or tests on, with its labels", () => {
  const train = plants.names.filter((_, row) => plan.parts[row] === "train");
  const { collection, left } = withoutHeldOut(plants, [plan]);
  expect(collection.names).toEqual(train);
  expect(left).toBe(20 - train.length);
  expect(collection.labels!.labels).toEqual(train.map((name) => name.startsWith("rose") ? 0 : 1));
  const both = withoutHeldOut(plants, [plan, planTarget("again", plants, 2)]);
  expect(both.collection.names.every((name) => train.includes(name))).toBe(true);
  expect(both.left).toBeGreaterThan(left);
});

Deno.test("pictures of another place are all learned from", () => {
  const elsewhere = labelledCollection(classesOf({ rose: 10, tulip: 10 }), {
    pieceOf: (row) => ({ file: `/elsewhere/${row}`, range: null, seconds: null }),
  });
  expect(withoutHeldOut(elsewhere, [plan])).toEqual({ collection: elsewhere, left: 0 });
  expect(withoutHeldOut(plants, [])).toEqual({ collection: plants, left: 0 });
});

Deno.test("a part that is only tested on is refused", () => {
  const test = { ...plan, parts: plan.parts.map(() => "test" as const) };
  expect(() => withoutHeldOut(plants, [test])).toThrow(UserError);
  expect(() => withoutHeldOut(plants, [test])).toThrow(
    "Cannot train on ~/photos: it needs pictures outside of the validation and test parts of its targets, " +
      "found none.",
  );
});
