import { expect } from "expect";
import { parseIconSet, readIconSet, type SetFiles } from "../../../src/data/icons/read_set.ts";
import { type IconSet, iconSets } from "../../../src/data/icons/sets.ts";
import { UserError } from "../../../src/pipeline/errors.ts";

const set: IconSet = {
  ...{ kind: "emoji", use: "train", name: "toy", title: "Toy", family: "toy", licence: "MIT" },
};

const files: SetFiles = {
  icons: {
    width: 24,
    icons: {
      cat: { body: "<path/>", height: 12 },
      dog: { body: "<g/>", left: 1, top: 2, width: 3, height: 4 },
      gone: { body: "<g/>", hidden: true },
    },
    aliases: {
      kitty: { parent: "cat", hFlip: true },
      kitten: { parent: "kitty" },
      lost: { parent: "gone" },
    },
  },
  info: { license: { spdx: "MIT" } },
  metadata: { categories: { Animals: ["cat", "dog"] } },
  chars: { "1f408": "cat" },
};

Deno.test("an icon has its set's box where it has none, its aliases, its character and category", () => {
  const [cat, dog, ...more] = parseIconSet(set, files);
  expect(more).toEqual([]);
  expect(cat).toMatchObject({ set: "toy", name: "cat", character: "1f408", category: "Animals" });
  expect(cat?.svg).toContain('viewBox="0 0 24 12"');
  expect(dog?.svg).toContain('viewBox="1 2 3 4"');
  expect(dog?.character).toBeUndefined();
});

Deno.test("an alias is a name of its icon, turned or not, never an icon of its own", () => {
  const icons = parseIconSet(set, files);
  expect(icons.map(({ name, aliases }) => [name, aliases])).toEqual([
    ["cat", ["kitty", "kitten"]],
    ["dog", []],
  ]);
});

Deno.test("an alias that leads nowhere, or in a circle, is refused by name", () => {
  const broken = (aliases: Record<string, { parent: string }>) => () =>
    parseIconSet(set, { ...files, icons: { icons: { cat: { body: "" } }, aliases } });
  expect(broken({ puss: { parent: "tiger" } })).toThrow("alias puss has no icon");
  expect(broken({ a: { parent: "b" }, b: { parent: "a" } })).toThrow("alias a has no icon");
});

Deno.test("another licence than the catalogue's and an empty set are refused", () => {
  const nc = { ...files, info: { license: { spdx: "CC-BY-NC-4.0" } } };
  expect(() => parseIconSet(set, nc)).toThrow(
    "its licence is CC-BY-NC-4.0, the catalogue says MIT",
  );
  expect(() => parseIconSet(set, { ...files, icons: { icons: {} } })).toThrow("holds no icons");
});

Deno.test("a package that is not there is told with the command that installs it", async () => {
  const error = await readIconSet({ ...set, name: "no-such-set" }).catch((error) => error);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toContain("@iconify-json/no-such-set");
  expect(error.message).toContain("deno install");
});

Deno.test("every installed set can be read under the licence that the catalogue states", async () => {
  for (const set of iconSets) expect((await readIconSet(set)).length).toBeGreaterThan(500);
});
