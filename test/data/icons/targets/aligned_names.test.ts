import { expect } from "expect";
import { alignedNames } from "../../../../src/data/icons/targets/aligned_names.ts";
import type { HeldOutIcon } from "../../../../src/data/icons/targets/target.ts";
import { splits } from "../../../../src/data/split.ts";

const draw = { seed: 1, size: null, seen: new Map(), hashtags: ["arrow", "home", "user"] };

/** `name` four times in each part, with these aliases. */
const everywhere = (name: string, ...aliases: string[]): HeldOutIcon[] =>
  splits.flatMap((use) =>
    Array.from({ length: 4 }, (_, at) => ({
      ...{ set: `set-of-${use}`, name: `${name}-variant${at}`, aliases, svg: "<svg/>", use },
    }))
  );

const chosen = (icons: readonly HeldOutIcon[]) => {
  const { classes, icons: rows } = alignedNames.icons.choose(icons, draw);
  return { classes, names: rows.map(({ name, label }) => [name, classes[label]] as const) };
};

Deno.test("an icon is labelled with the one hashtag in its name, wherever it stands in it", () => {
  const { classes, names } = chosen([...everywhere("home-lock"), ...everywhere("small-arrow")]);
  expect(classes).toEqual(["arrow", "home"]);
  expect(names.length).toBe(2 * 3 * 4);
  for (const [name, label] of names) expect(name.includes(label ?? "?")).toBe(true);
});

Deno.test("an icon that carries two hashtags is left out: either would be noise", () => {
  expect(chosen(everywhere("home-user")).names).toEqual([]);
  expect(chosen(everywhere("home", "user-house")).names).toEqual([]);
});

Deno.test("an icon that carries a hashtag in an alias only, or none, is left out", () => {
  expect(chosen(everywhere("house", "home")).names).toEqual([]);
  expect(chosen(everywhere("house")).names).toEqual([]);
});

Deno.test("an alias that repeats the hashtag leaves the icon in", () => {
  expect(chosen(everywhere("home", "home-house")).classes).toEqual(["home"]);
});
