import { expect } from "expect";
import { pretrainingSets } from "../../../../src/data/icons/sets.ts";
import { iconTargets } from "../../../../src/data/icons/targets/list.ts";
import { splits } from "../../../../src/data/split.ts";

Deno.test("targets have different names, and so do the icons they are drawn from", () => {
  const names = iconTargets.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const icons = [...new Set(iconTargets.map(({ icons }) => icons))].map(({ name }) => name);
  expect(new Set(icons).size).toBe(icons.length);
});

Deno.test("a target has sets for each part, none of them pre-trained on", () => {
  const pretraining = new Set(pretrainingSets.map(({ family }) => family));
  for (const { icons: { sets } } of iconTargets) {
    expect(splits.filter((split) => !sets.some(({ use }) => use === split))).toEqual([]);
    expect(sets.filter(({ family }) => pretraining.has(family))).toEqual([]);
  }
});
