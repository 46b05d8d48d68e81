import { expect } from "expect";
import fc from "fast-check";
import { partsFile, readParts, rowsOf, writeParts } from "../../src/data/parts.ts";
import { perSplit, splits } from "../../src/data/split.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { artifactIn, toyEngine } from "./toy_engine.ts";

Deno.test("train is 0, validation 1 and test 2, and the card counts the rows of each", async () => {
  await using dir = await temporaryFolder();
  const { services, tensor } = toyEngine(dir.path);
  const parts = ["test", "train", "train", "validation", "train", "test"] as const;
  const files = await writeParts(dir.path, services, parts);
  expect(files).toEqual(["parts.safetensors", "parts.json"]);
  expect(tensor(partsFile, "part")).toEqual({ data: Uint8Array.of(2, 0, 0, 1, 0, 2), shape: [6] });
  const card = await readParts(artifactIn(dir.path, "parts"));
  expect(card).toEqual({ train: 3, validation: 1, test: 2 });
});

Deno.test("the rows of the parts are those of the dataset, each once, in its order", () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...splits)), (parts) => {
    const part = Uint8Array.from(parts, (split) => splits.indexOf(split));
    const rows = perSplit((split) => rowsOf(split, part));
    for (const split of splits) {
      expect(rows[split]).toEqual(rows[split].toSorted((a, b) => a - b));
      expect(rows[split].map((row) => parts[row])).toEqual(rows[split].map(() => split));
    }
    expect(splits.flatMap((split) => rows[split]).length).toBe(parts.length);
  }));
});

Deno.test("a target without rows in a part is refused", async () => {
  await using dir = await temporaryFolder();
  const { services } = toyEngine(dir.path);
  await expect(writeParts(dir.path, services, ["train", "test"])).rejects.toThrow(/validation/);
});
