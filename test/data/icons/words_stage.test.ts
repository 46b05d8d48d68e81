import { expect } from "expect";
import { nameWords } from "../../../src/data/icons/words_stage.ts";
import { StageRun } from "../../method/stages/stage_run.ts";
import { toyWorld } from "./toy_run.ts";

const sources = [
  "mdi:file-add-outline",
  "ph:arrow-left",
  "mdi:24-outline",
  "ph:add",
  "mdi:cat-file-add",
];

async function labelled(words: "first" | "further"): Promise<number[][]> {
  await using stage = await StageRun.open();
  const { files } = await stage.run(nameWords, { words, title: "Words", versions: {} }, {
    data: await stage.dataset("Icons", sources),
    labels: await stage.labels("Names", {
      names: ["add", "arrow", "file", "left"],
      labels: sources.map(() => 0),
    }),
  });
  expect(files).toEqual(["labels.safetensors", "labels.json"]);
  expect(await stage.json("labels.json")).toEqual({
    ...{ title: "Words", kind: "multi", rows: 5, classes: 4 },
    names: ["add", "arrow", "file", "left"],
  });
  const values = await stage.values("labels.safetensors", "labels");
  return sources.map((_, row) => values.slice(4 * row, 4 * row + 4));
}

Deno.test("nameWords: the first word of a name, or those behind it, where they are among the names", async () => {
  // add, arrow, file, left
  expect(await labelled("first")).toEqual([
    [0, 0, 1, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 0], // a size and a style are no words
    [1, 0, 0, 0],
    [0, 0, 0, 0], // "cat" is not among them
  ]);
  expect(await labelled("further")).toEqual([
    [1, 0, 0, 0],
    [0, 0, 0, 1],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [1, 0, 1, 0],
  ]);
});

Deno.test("the icon world has words of both kinds: among its hashtags, and among the classes of a target", () => {
  const { data, labels, targets } = toyWorld();
  const { modifiers, "target-names": own } = labels;
  expect(modifiers?.config["words"]).toBe("further");
  expect(modifiers?.inputs).toEqual({ data, labels: labels["hashtags"] });
  expect(own?.config["words"]).toBe("first");
  expect(own?.inputs).toEqual({ data, labels: targets["held-out-families"]?.labels });
});
