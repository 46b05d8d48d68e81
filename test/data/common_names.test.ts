import { expect } from "expect";
import { commonNames, wordsOfAll } from "../../src/data/common_names.ts";

Deno.test("words that nearly all pictures have tell no cluster from another", () => {
  const flat = Array.from(
    { length: 20 },
    (_, at) => `img_${at < 8 ? "beach" : "forest"}_${at}.jpg`,
  );
  const said = wordsOfAll(flat);
  expect([...said]).toEqual(["img"]);
  expect(commonNames(flat.slice(0, 8))).toEqual(["beach", "img"]);
  expect(commonNames(flat.slice(0, 8), said)).toEqual(["beach"]);
  expect(commonNames(["img_1.jpg", "img_2.jpg"], said)).toEqual([]);
});

Deno.test("a word of one picture is none, nor is the set that an icon is of", () => {
  expect(commonNames(["mdi:arrow-left", "mdi:arrow-right", "ph:cat"])).toEqual(["arrow"]);
});
