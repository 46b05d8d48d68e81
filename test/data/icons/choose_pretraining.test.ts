import { expect } from "expect";
import {
  choosePretraining,
  hashtagMinimum,
  heldOutMaximum,
} from "../../../src/data/icons/choose_pretraining.ts";
import type { Icon } from "../../../src/data/icons/icon.ts";
import { allTokensOf, tokensOf } from "../../../src/data/icons/names.ts";
import { UserError } from "../../../src/pipeline/errors.ts";

/** 40 frequent nouns with 200 icons each; every tenth icon also has a rare word, some an alias. */
const drawings: Icon[] = Array.from({ length: 8000 }, (_, at) => {
  const noun = `noun${at % 40}`;
  const rare = at % 10 === 0 ? `-rare${Math.floor(at / 10) % 100}` : "";
  const aliases = at % 7 === 0 ? [`other${at % 90}-thing`] : [];
  return { set: "toy", name: `${noun}${rare}-${at}`, aliases, svg: "<svg/>" };
});

const frequency = (token: string) =>
  drawings.filter((icon) => allTokensOf(icon).includes(token)).length;

Deno.test("no chosen icon carries a held-out word, in its name or in an alias", () => {
  const { icons, seen } = choosePretraining(drawings, 1);
  const words = new Set(drawings.flatMap(allTokensOf));
  const heldOut = [...words].filter((word) => !(word in seen));
  expect(heldOut.length).toBeGreaterThan(50);
  for (const word of heldOut) expect(frequency(word)).toBeLessThanOrEqual(heldOutMaximum);
  expect(icons.filter((icon) => allTokensOf(icon).some((token) => !(token in seen)))).toEqual([]);
  const counted = icons.filter((icon) => allTokensOf(icon).includes("noun7")).length;
  expect(seen["noun7"]).toBe(counted);
});

Deno.test("about half of the rarer words are held out, others under another seed", () => {
  const rare = Array.from({ length: 100 }, (_, at) => `rare${at}`);
  const heldOut = (seed: number) => {
    const { seen } = choosePretraining(drawings, seed);
    return rare.filter((word) => !(word in seen));
  };
  // Binomial(100, 0.5): 50 +- 5.
  expect(Math.abs(heldOut(1).length - 50)).toBeLessThan(25);
  expect(heldOut(1)).not.toEqual(heldOut(2));
});

Deno.test("a hashtag is a frequent token of the icon's own name, drawn once for good", () => {
  const { icons, vocabulary } = choosePretraining(drawings, 1);
  expect(vocabulary).toEqual(vocabulary.toSorted());
  for (const tag of vocabulary) expect(frequency(tag)).toBeGreaterThanOrEqual(hashtagMinimum);
  for (const icon of icons) {
    expect(tokensOf(icon.name)).toContain(vocabulary[icon.hashtag]);
  }
  expect(choosePretraining(drawings.toReversed(), 1).icons).toEqual(icons);
});

Deno.test("emoji look-alikes among glyphs are left out by name", () => {
  const faces = Array.from({ length: 300 }, (_, at) => ({
    ...{ set: "toy", name: `emoticon-noun1-${at}`, aliases: [], svg: "<svg/>" },
  }));
  const { icons } = choosePretraining([...drawings, ...faces], 1);
  expect(icons.filter(({ name }) => name.startsWith("emoticon"))).toEqual([]);
});

Deno.test("icons without any frequent word are refused", () => {
  const lonely = drawings.slice(0, hashtagMinimum - 1);
  expect(() => choosePretraining(lonely, 1)).toThrow(UserError);
});
