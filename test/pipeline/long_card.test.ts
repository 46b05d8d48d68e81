import { join } from "node:path";
import { expect } from "expect";
import { writeCard } from "../../src/pipeline/card.ts";
import { readLongCard, writeLongCard } from "../../src/pipeline/long_card.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { artifactIn } from "../data/toy_engine.ts";

const odd = ['a "b"', "\\", 'x\\"', '"names":[', "]", ",", "é 🦊", "\n", ""];
const texts = {
  "none": [],
  "one": ["a"],
  "odd ones": odd,
  "more than are read at once": Array.from({ length: 20_000 }, (_, at) => `${odd[at % 9]}${at}`),
};

for (const [what, names] of Object.entries(texts)) {
  Deno.test(`a card with ${what} is written as writeCard() does, and read an entry at a time`, async () => {
    await using dir = await temporaryFolder();
    const card = { title: 'of "names":[', names, behind: { names: [1] }, gone: undefined };
    expect(await writeLongCard(dir.path, "long.json", "names", card)).toBe("long.json");
    await writeCard(dir.path, "card.json", card);
    const read = (name: string) => Deno.readTextFile(join(dir.path, name));
    expect(await read("long.json")).toBe(await read("card.json"));

    const found: string[] = [];
    const rest = await readLongCard(
      artifactIn(dir.path, "dataset"),
      "long.json",
      "names",
      (name) => found.push(name),
    );
    expect(found).toEqual(names);
    expect(rest).toEqual({ ...JSON.parse(await read("card.json")), names: [] });
  });
}

for (const text of ["", '{"names":["a"', '{"names":["a" "b"]}', '{"names":["a",7]', "text"]) {
  Deno.test(`${JSON.stringify(text)} is no card`, async () => {
    await using dir = await temporaryFolder();
    await Deno.writeTextFile(join(dir.path, "long.json"), text);
    const reading = readLongCard(artifactIn(dir.path, "dataset"), "long.json", "names", () => {});
    await expect(reading).rejects.toThrow(SyntaxError);
  });
}
