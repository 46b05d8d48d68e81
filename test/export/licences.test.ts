import { expect } from "expect";
import { licencesOf } from "../../src/export/licences.ts";

Deno.test("the licences of icons are those of their sets", () => {
  const found = licencesOf({ sources: ["solar:sun", "mdi:home", "mdi:a:b"] });
  expect(found?.map(({ title, licence }) => [title, licence])).toEqual([
    ["Material Design Icons", "Apache-2.0"],
    ["Solar", "CC-BY-4.0"],
  ]);
});

Deno.test("of pictures from anywhere else nothing is claimed", () => {
  expect(licencesOf({ sources: ["mdi:home", "holiday/beach.jpg"] })).toBeUndefined();
});
