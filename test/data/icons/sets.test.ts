import { expect } from "expect";
import denoConfig from "../../../deno.json" with { type: "json" };
import { infoReaders } from "../../../src/data/icons/info_readers.ts";
import { iconWorld } from "../../../src/data/icons/world.ts";
import {
  emojiSets,
  heldOutGlyphSets,
  iconSets,
  pretrainingSets,
} from "../../../src/data/icons/sets.ts";
import { emojiWords } from "../../../src/data/icons/names.ts";

Deno.test("each family is on one side of every split", () => {
  for (const [family, sets] of Map.groupBy(iconSets, ({ family }) => family)) {
    expect({ family, uses: new Set(sets.map(({ use }) => use)).size }).toEqual({ family, uses: 1 });
  }
});

Deno.test("every set is listed once, has a use, and is pinned in deno.json to one version", () => {
  const listed = [...pretrainingSets, ...heldOutGlyphSets, ...emojiSets].map(({ name }) => name);
  expect(listed.toSorted()).toEqual(iconSets.map(({ name }) => name).toSorted());
  expect(new Set(listed).size).toBe(listed.length);
  expect(Object.keys(infoReaders).toSorted()).toEqual(listed.toSorted());
  const pins = new Map(Object.entries(denoConfig.imports));
  for (const name of listed) {
    expect(pins.get(`@iconify-json/${name}`)).toMatch(
      new RegExp(`^npm:@iconify-json/${name}@\\d+\\.\\d+\\.\\d+$`),
    );
  }
});

Deno.test("no emoji set, nor one whose name looks like emoji, is pre-trained on", () => {
  const emojiNames = [...emojiWords, "noto", "twemoji", "emojione", "openmoji"];
  for (const { name } of pretrainingSets) {
    expect(emojiNames.filter((word) => name.includes(word))).toEqual([]);
  }
});

Deno.test("the catalogue states the licence of every source, and none forbids use or copies it", () => {
  const { sources } = iconWorld({ images: 10, names: null, targetSize: null, versions: {} });
  expect(sources.length).toBe(iconSets.length);
  for (const { licence } of sources) {
    expect(licence).toMatch(/^(Apache-2\.0|MIT|ISC|CC-BY(-SA)?-4\.0)$/);
  }
});
