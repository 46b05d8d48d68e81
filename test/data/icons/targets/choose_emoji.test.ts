import { expect } from "expect";
import { chooseEmoji } from "../../../../src/data/icons/targets/choose_emoji.ts";
import type { HeldOutIcon, TargetChoice } from "../../../../src/data/icons/targets/target.ts";
import { splits } from "../../../../src/data/split.ts";

const draw = { seed: 1, size: null };

/** Set names of each part. */
const setsOf = ({ icons }: TargetChoice) =>
  splits.map((split) => [
    ...new Set(icons.filter((icon) => icon.split === split).map(({ set }) => set)),
  ]);

const vendors = [["twemoji", "train"], ["noto", "validation"], [
  "fluent-emoji-flat",
  "test",
]] as const;
const emoji: HeldOutIcon[] = vendors.flatMap(([set, use]) =>
  Array.from({ length: 200 }, (_, at) => ({
    ...{ set, use, name: `${set}-${at}`, aliases: [], svg: "<svg/>" },
    // Two odd ones: a sequence of code points, and one that not every vendor draws.
    character: at === 0 ? "1f1e6-1f1e7" : (0x1f300 + at + (at === 1 ? set.length : 0)).toString(16),
    category: at % 40 === 2 ? "Flags" : `Kind ${at % 4}`,
  }))
);

Deno.test("emoji identity: one icon of each emoji per vendor, and the parts are vendors", () => {
  const choice = chooseEmoji(emoji, draw, "identity");
  expect(setsOf(choice)).toEqual([["twemoji"], ["noto"], ["fluent-emoji-flat"]]);
  for (const ofOne of Map.groupBy(choice.icons, ({ label }) => label).values()) {
    expect(new Set(ofOne.map(({ character }) => character)).size).toBe(1);
    expect(ofOne.map(({ split }) => split).toSorted()).toEqual(["test", "train", "validation"]);
  }
  expect(choice.icons.some(({ character }) => character?.includes("-"))).toBe(false);
  expect(choice.icons.some(({ category }) => category === "Flags")).toBe(false);
});

Deno.test("emoji category: every vendor's icon of one emoji is in the same part", () => {
  const choice = chooseEmoji(emoji, draw, "category");
  expect(choice.classes).toEqual(["Kind 0", "Kind 1", "Kind 2", "Kind 3"]);
  for (const ofOne of Map.groupBy(choice.icons, ({ character }) => character).values()) {
    expect(ofOne.length).toBe(vendors.length);
    expect(new Set(ofOne.map(({ split }) => split)).size).toBe(1);
  }
  expect(setsOf(choice).every((sets) => sets.length === vendors.length)).toBe(true);
});

Deno.test("size draws that many emoji", () => {
  const { icons } = chooseEmoji(emoji, { ...draw, size: 50 }, "category");
  expect(new Set(icons.map(({ character }) => character)).size).toBe(50);
});
