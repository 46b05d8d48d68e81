import { expect } from "expect";
import { imagenet9k } from "../../../src/data/published/imagenet_9k.ts";
import { listed } from "./listed.ts";

const pictures = (folder: string, count: number) =>
  Array.from({ length: count }, (_, at) => [`${folder}/${at}.JPEG`, ""]);

Deno.test("classes are those of the list; 50 pictures of each are evaluated on, half of a small class", async () => {
  const files = Object.fromEntries([
    ["classes.txt", "n00000001 tench\nn00000002\n"],
    ...pictures("n00000001", 120),
    ...pictures("fall11_whole/n00000002", 5),
    ...pictures("n00000003", 9), // not of the list
  ]);
  const { samples } = await listed(imagenet9k, files, [2, 70 + 3, 50 + 2]);
  const held = (label: string) =>
    Object.values(samples).filter(([part, of]) => part === "validation" && of === label).length;
  expect([held("n00000001"), held("n00000002"), held("n00000003")]).toEqual([50, 2, 0]);
  // drawn by name: the same whatever else is there
  const alone = { ...files, "classes.txt": "n00000001\n" };
  expect(samples).toMatchObject((await listed(imagenet9k, alone, [1, 70, 50])).samples);
});

Deno.test("folders that the list names and that are not there are missing", async () => {
  const files = Object.fromEntries([
    ["imagenet9k.txt", "n00000001\nn00000009\n"],
    ...pictures("n00000001", 4),
  ]);
  await expect(listed(imagenet9k, files, [2, 2, 2])).rejects.toThrow("missing: 1 (n00000009)");
  const { notes } = await listed(imagenet9k, files, [2, 2, 2], { subset: true });
  expect(notes).toEqual([
    "a subset: 2 pictures of 1 classes to train on, 2 to evaluate on; missing: 1 (n00000009)",
  ]);
});
