import { expect } from "expect";
import {
  chooseNames,
  classMaximum,
  classMinimum,
} from "../../../../src/data/icons/targets/choose_names.ts";
import { heldOutFamilies } from "../../../../src/data/icons/targets/held_out_families.ts";
import type { Draw, HeldOutIcon, TargetChoice } from "../../../../src/data/icons/targets/target.ts";
import { unseenNames } from "../../../../src/data/icons/targets/unseen_names.ts";
import { splits } from "../../../../src/data/split.ts";

const families = { train: "bi", validation: "ion", test: "uil" } as const;

const glyphs: HeldOutIcon[] = splits.flatMap((use) =>
  Array.from({ length: 30 }, (_, word) =>
    Array.from({ length: 1 + word }, (_, variant) => ({
      ...{ set: families[use], name: `word${word}-v${variant}`, aliases: [], svg: "<svg/>", use },
    }))).flat()
);
/** word2, word6, ... are rare in pre-training, the odd ones are not there. */
const seen = new Map(
  Array.from({ length: 15 }, (_, at) => [`word${2 * at}`, at % 2 === 0 ? 10 : 9]),
);
const draw: Draw = { seed: 1, size: null, seen, hashtags: [] };

const seenNames = (options: Partial<Draw> = {}) =>
  heldOutFamilies.icons.choose(glyphs, { ...draw, ...options });

/** Set names of each part. */
const setsOf = ({ icons }: TargetChoice) =>
  splits.map((split) => [
    ...new Set(icons.filter((icon) => icon.split === split).map(({ set }) => set)),
  ]);

Deno.test("seen names are frequent words of pre-training, unseen ones are not there at all", () => {
  const every = Array.from({ length: 30 }, (_, word) => word).filter((word) =>
    word + 1 >= classMinimum
  );
  const named = (words: number[]) => words.map((word) => `word${word}`).sort();
  expect(seenNames().classes).toEqual(named(every.filter((word) => word % 4 === 0)));
  const unseen = unseenNames.icons.choose(glyphs, draw).classes;
  expect(unseen).toEqual(named(every.filter((word) => word % 2 === 1)));
});

Deno.test("the parts of a names target are families", () => {
  expect(setsOf(seenNames())).toEqual([["bi"], ["ion"], ["uil"]]);
});

Deno.test("a class has enough training icons, and no part holds more than the maximum of it", () => {
  const { classes, icons } = unseenNames.icons.choose(glyphs, draw);
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
  const drawn = seenNames({ size: 4 });
  expect(drawn.classes.length).toBe(4);
  expect(
    heldOutFamilies.icons.choose(glyphs.toReversed(), { ...draw, size: 4 }),
  ).toEqual(drawn);
});

Deno.test("an icon without a name is in no class, and a name has to be in each part", () => {
  const onlyTraining = new Set(glyphs.filter(({ use }) => use !== "test"));
  const choice = chooseNames([...onlyTraining], draw, {
    nameOf: () => undefined,
    isClass: () => true,
  });
  expect(choice).toEqual({ classes: [], icons: [] });
  const withoutTest = chooseNames([...onlyTraining], draw, {
    nameOf: ({ name }) => name,
    isClass: () => true,
  });
  expect(withoutTest.classes).toEqual([]);
});
