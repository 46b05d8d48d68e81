import { expect } from "expect";
import { chooseEmoji } from "../../../src/data/icons/choose_emoji.ts";
import { chooseNames, classMaximum, classMinimum } from "../../../src/data/icons/choose_names.ts";
import type { HeldOutIcon, TargetChoice } from "../../../src/data/icons/choose_target.ts";
import { splits } from "../../../src/data/split.ts";

const families = { train: "bi", validation: "ion", test: "uil" } as const;

const glyphs: HeldOutIcon[] = splits.flatMap((use) =>
  Array.from({ length: 30 }, (_, word) =>
    Array.from({ length: 1 + word }, (_, variant) => ({
      ...{ set: families[use], name: `word${word}-v${variant}`, aliases: [], svg: "<svg/>", use },
    }))).flat()
);
const seen = Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`word${2 * at}`, 5 * at]));

const names = (options: Partial<Parameters<typeof chooseNames>[1]> = {}) =>
  chooseNames(glyphs, { names: "seen", seen, seed: 1, size: null, ...options });

/** Set names of each part. */
const setsOf = ({ icons }: TargetChoice) =>
  splits.map((split) => [
    ...new Set(icons.filter((icon) => icon.split === split).map(({ set }) => set)),
  ]);

Deno.test("seen names are frequent words of pre-training, unseen ones are not there at all", () => {
  for (const name of names().classes) expect(seen[name]).toBeGreaterThanOrEqual(10);
  const unseen = names({ names: "unseen" }).classes;
  expect(unseen.length).toBeGreaterThan(5);
  expect(unseen.filter((name) => name in seen)).toEqual([]);
});

Deno.test("the parts of a names target are families", () => {
  expect(setsOf(names())).toEqual([["bi"], ["ion"], ["uil"]]);
});

Deno.test("a class has enough training icons, and no part holds more than the maximum of it", () => {
  const { classes, icons } = names({ names: "unseen" });
  for (const [label, ofClass] of Map.groupBy(icons, ({ label }) => label)) {
    for (const split of splits) {
      const count = ofClass.filter((icon) => icon.split === split).length;
      expect(count).toBeGreaterThanOrEqual(classMinimum);
      expect(count).toBeLessThanOrEqual(classMaximum);
    }
    expect(ofClass.every(({ name }) => name.startsWith(`${classes[label]}-`))).toBe(true);
  }
});

Deno.test("size draws that many names, the same ones whatever the order of the icons", () => {
  const drawn = names({ size: 4 });
  expect(drawn.classes.length).toBe(4);
  expect(
    chooseNames(glyphs.toReversed(), { names: "seen", seen, seed: 1, size: 4 }),
  ).toEqual(drawn);
});

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

Deno.test("emoji identity: one drawing of each emoji per vendor, and the parts are vendors", () => {
  const choice = chooseEmoji(emoji, { label: "identity", seed: 1, size: null });
  expect(setsOf(choice)).toEqual([["twemoji"], ["noto"], ["fluent-emoji-flat"]]);
  for (const ofOne of Map.groupBy(choice.icons, ({ label }) => label).values()) {
    expect(new Set(ofOne.map(({ character }) => character)).size).toBe(1);
    expect(ofOne.map(({ split }) => split).toSorted()).toEqual(["test", "train", "validation"]);
  }
  expect(choice.icons.some(({ character }) => character?.includes("-"))).toBe(false);
  expect(choice.icons.some(({ category }) => category === "Flags")).toBe(false);
});

Deno.test("emoji category: every vendor's drawing of one emoji is in the same part", () => {
  const choice = chooseEmoji(emoji, { label: "category", seed: 1, size: null });
  expect(choice.classes).toEqual(["Kind 0", "Kind 1", "Kind 2", "Kind 3"]);
  for (const ofOne of Map.groupBy(choice.icons, ({ character }) => character).values()) {
    expect(ofOne.length).toBe(vendors.length);
    expect(new Set(ofOne.map(({ split }) => split)).size).toBe(1);
  }
  expect(setsOf(choice).every((sets) => sets.length === vendors.length)).toBe(true);
});

Deno.test("size draws that many emoji", () => {
  const { icons } = chooseEmoji(emoji, { label: "category", seed: 1, size: 50 });
  expect(new Set(icons.map(({ character }) => character)).size).toBe(50);
});
