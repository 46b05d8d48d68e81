import { join } from "node:path";
import { expect } from "expect";
import { z } from "zod";
import { readCard, writeCard } from "../../src/pipeline/card.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { artifactIn } from "../data/toy_engine.ts";

Deno.test("a card is read as it was written, and its file is named for the artifact's list", async () => {
  await using dir = await temporaryFolder();
  expect(await writeCard(dir.path, "toy.json", { rows: 3 })).toBe("toy.json");
  expect(await Deno.readTextFile(join(dir.path, "toy.json"))).toBe('{"rows":3}\n');
  const schema = z.object({ rows: z.int() });
  expect(await readCard(artifactIn(dir.path, "toy"), "toy.json", schema)).toEqual({ rows: 3 });
});

Deno.test("a card that is not what the schema describes is refused with the field's name", async () => {
  await using dir = await temporaryFolder();
  await writeCard(dir.path, "toy.json", { rows: "3" });
  const reading = readCard(artifactIn(dir.path, "toy"), "toy.json", z.object({ rows: z.int() }));
  await expect(reading).rejects.toThrow(/rows/);
});
