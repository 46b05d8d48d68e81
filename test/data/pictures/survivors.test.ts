import { expect } from "expect";
import { writeDatasetCard } from "../../../src/data/dataset.ts";
import { survivors } from "../../../src/data/pictures/survivors.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { artifactIn } from "../toy_engine.ts";

async function placesOf(sources: string[]): Promise<readonly number[]> {
  await using dir = await temporaryFolder();
  await writeDatasetCard(dir.path, { title: "t", rows: sources.length, sources });
  return await survivors(artifactIn(dir.path, "dataset"), { names: ["a", "b", "c", "d"] });
}

Deno.test("each row is found at its place in the collection", async () => {
  expect(await placesOf(["a", "c", "d"])).toEqual([0, 2, 3]);
  expect(await placesOf(["b"])).toEqual([1]);
});

for (const sources of [["a", "x"], ["e"], ["a", "a"]]) {
  Deno.test(`rows ${sources} are no pictures of the collection`, async () => {
    await expect(placesOf(sources)).rejects.toThrow("the collection has no such picture");
  });
}
