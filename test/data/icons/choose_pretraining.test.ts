import { expect } from "expect";
import {
  choosePretraining,
  hashtagMinimum,
  heldOutMaximum,
  heldOutShare,
} from "../../../src/data/icons/choose_pretraining.ts";
import { uniform } from "../../../src/data/draw.ts";
import type { Icon } from "../../../src/data/icons/icon.ts";
import { allTokensOf, tokensOf } from "../../../src/data/icons/names.ts";
import { UserError } from "../../../src/pipeline/errors.ts";

/** 40 frequent nouns with 200 icons each; every tenth icon also has a rare word, some an alias. */
const all: Icon[] = Array.from({ length: 8000 }, (_, at) => {
  const noun = `noun${at % 40}`;
  const rare = at % 10 === 0 ? `-rare${Math.floor(at / 10) % 100}` : "";
  const aliases = at % 7 === 0 ? [`other${at % 90}-thing`] : [];
  return { set: "toy", name: `${noun}${rare}-${at}`, aliases, svg: "<svg/>" };
});

const draw = { seed: 1, names: null };

const frequency = (token: string) => all.filter((icon) => allTokensOf(icon).includes(token)).length;

Deno.test("no chosen icon carries a held-out word, in its name or in an alias", () => {
  const { icons, seen } = choosePretraining(all, draw);
  const words = [...new Set(all.flatMap(allTokensOf))];
  const heldOut = new Set(
    words.filter((word) =>
      frequency(word) <= heldOutMaximum && uniform(draw.seed, `word ${word}`) < heldOutShare
    ),
  );
  const byAlias = all.filter(({ name, aliases }) =>
    !tokensOf(name).some((token) => heldOut.has(token)) &&
    aliases.flatMap(tokensOf).some((token) => heldOut.has(token))
  );
  expect(byAlias.length).toBeGreaterThan(0);
  expect(icons.filter((icon) => allTokensOf(icon).some((token) => heldOut.has(token)))).toEqual([]);
  expect(Object.keys(seen).filter((word) => heldOut.has(word))).toEqual([]);
  const counted = icons.filter((icon) => allTokensOf(icon).includes("noun7")).length;
  expect(seen["noun7"]).toBe(counted);
});

Deno.test("about half of the rarer words are held out, others under another seed", () => {
  const rare = Array.from({ length: 100 }, (_, at) => `rare${at}`);
  const heldOut = (seed: number) => {
    const { seen } = choosePretraining(all, { seed, names: null });
    return rare.filter((word) => !(word in seen));
  };
  // Binomial(100, 0.5): 50 +- 5.
  expect(Math.abs(heldOut(1).length - 50)).toBeLessThan(25);
  expect(heldOut(1)).not.toEqual(heldOut(2));
});

Deno.test("a hashtag is a frequent token of the icon's own name, drawn once for good", () => {
  const { icons, vocabulary } = choosePretraining(all, draw);
  expect(vocabulary).toEqual(vocabulary.toSorted());
  for (const tag of vocabulary) expect(frequency(tag)).toBeGreaterThanOrEqual(hashtagMinimum);
  for (const icon of icons) {
    expect(tokensOf(icon.name)).toContain(vocabulary[icon.hashtag]);
  }
  expect(choosePretraining(all.toReversed(), draw).icons).toEqual(icons);
});

Deno.test("which of its words is an icon's hashtag is drawn by the seed, evenly", () => {
  const icons = Array.from({ length: 400 }, (_, at) => ({
    ...{ set: "toy", name: `apple-berry-${at}`, aliases: [], svg: "<svg/>" },
  }));
  const drawn = (seed: number) => {
    const { icons: chosen, vocabulary } = choosePretraining(icons, { seed, names: null });
    return new Map(chosen.map(({ name, hashtag }) => [name, vocabulary[hashtag]]));
  };
  const [one, two] = [drawn(1), drawn(2)];
  // Binomial(400, 0.5): 200 +- 10.
  for (const  of of[one, two]) {
    expect(Math.abs([...of.values()].filter((word) => word === "apple").length - 200))
      .toBeLessThan(50);
  }
  const same = [...one].filter(([name, word]) => two.get(name) === word).length;
  expect(Math.abs(same - 200)).toBeLessThan(50);
});

Deno.test("emoji look-alikes among glyphs are left out by name", () => {
  const faces = Array.from({ length: 300 }, (_, at) => ({
    ...{ set: "toy", name: `emoticon-noun1-${at}`, aliases: [], svg: "<svg/>" },
  }));
  const { icons } = choosePretraining([...all, ...faces], draw);
  expect(icons.filter(({ name }) => name.startsWith("emoticon"))).toEqual([]);
});

Deno.test("icons without any frequent word are refused", () => {
  const lonely = all.slice(0, hashtagMinimum - 1);
  expect(() => choosePretraining(lonely, draw)).toThrow(UserError);
});

/** Words too frequent to be held out, with so many icons each; "date" is second in some of apple's. */
const fruit = (counts: Readonly<Record<string, number>>): Icon[] =>
  Object.entries(counts).flatMap(([word, count]) =>
    Array.from({ length: count }, (_, at) => ({
      ...{ set: "toy", name: `${word}${word === "apple" && at < 9 ? "-date" : ""}-${at}` },
      ...{ aliases: [], svg: "<svg/>" },
    }))
  );

Deno.test("with names, the n commonest words are the hashtags, and an icon without one is left out", () => {
  const icons = fruit({ apple: 150, berry: 170, cherry: 160, date: 140 });
  const choose = (names: number | null) => choosePretraining(icons, { seed: 1, names });
  expect(choose(null).vocabulary).toEqual(["apple", "berry", "cherry", "date"]);
  const two = choose(2);
  expect(two.vocabulary).toEqual(["berry", "cherry"]);
  expect(two.seen).toEqual({ berry: 170, cherry: 160 });
  const carriers = choose(null).icons.filter(({ name }) => /^(berry|cherry)-/.test(name));
  expect(two.icons.map(({ name }) => name)).toEqual(carriers.map(({ name }) => name));
  const three = choose(3);
  expect(three.seen).toEqual({ apple: 150, berry: 170, cherry: 160, date: 9 });
  for (const { vocabulary, icons } of [two, three]) {
    for (const { hashtag, name } of icons) expect(tokensOf(name)[0]).toBe(vocabulary[hashtag]);
  }
});

Deno.test("of words with as many icons the first by the alphabet are taken, in any order of icons", () => {
  const icons = fruit({ cherry: 150, berry: 150, elder: 160, date: 150 });
  for (const all of [icons, icons.toReversed()]) {
    expect(choosePretraining(all, { seed: 1, names: 2 }).vocabulary).toEqual(["berry", "elder"]);
  }
});

Deno.test("more names than there are is a mistake that says how many there are", () => {
  const choose = () => choosePretraining(all, { seed: 1, names: 1000 });
  expect(choose).toThrow(UserError);
  expect(choose).toThrow(/needs 1000 names that 60 icons share, found 40 among \d+ icons/);
});
