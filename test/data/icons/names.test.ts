import { expect } from "expect";
import { allTokensOf, tokensOf } from "../../../src/data/icons/names.ts";

Deno.test("a name gives its words in order, without style words, sizes and single letters", () => {
  expect(tokensOf("account-arrow-left-outline")).toEqual(["account", "arrow", "left"]);
  expect(tokensOf("access-time-20-filled")).toEqual(["access", "time"]);
  expect(tokensOf("black-hole-2-bold-duotone")).toEqual(["black", "hole"]);
  expect(tokensOf("a-b")).toEqual([]);
  expect(tokensOf("3d-cursor")).toEqual(["3d", "cursor"]);
});

Deno.test("a word counts once", () => {
  expect(tokensOf("arrow-left-arrow-right")).toEqual(["arrow", "left", "right"]);
  expect(allTokensOf({ name: "home-lock", aliases: ["house-lock", "lock-home"] }))
    .toEqual(["home", "lock", "house"]);
});
