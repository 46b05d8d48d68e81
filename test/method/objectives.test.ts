import { expect } from "expect";
import type { LabelsCard } from "../../src/data/labels.ts";
import { distillation, paperDistillation } from "../../src/method/objectives/distillation.ts";
import { jigsaw, jigsawAt } from "../../src/method/objectives/jigsaw.ts";
import { labels } from "../../src/method/objectives/labels.ts";
import { objectiveHeads } from "../../src/method/objectives/list.ts";
import { hasPretextHead } from "../../src/method/objectives/pretext.ts";
import { regression } from "../../src/method/objectives/regression.ts";
import { rotation } from "../../src/method/objectives/rotation.ts";
import { asStored } from "../../src/models/view.ts";
import { toyData, toyLabels } from "./toy_world.ts";

const card = (classes: number, kind: LabelsCard["kind"] = "single"): LabelsCard => ({
  ...{ title: `${classes} classes`, kind, rows: 8, classes, names: null },
});
const network = (arch: string, width: number) => ({ arch, width, heads: { a: 7 }, snippet: "" });
const data = toyData("rows", 8);
const [first, second] = [toyLabels(data, 3), toyLabels(data, 4)];
// of a teacher an objective asks its view and its place in the graph only
const teacher = { network: data as never, view: { ...asStored, size: 224 }, pretext: false };

Deno.test("rotation has one head of four outputs, no labels, no teacher", () => {
  expect(objectiveHeads["rotation"]?.([], [], {})).toEqual({ rotation: 4 });
  expect(rotation()).toMatchObject({ name: "rotation", labels: [], teachers: [], options: {} });
});

Deno.test("rotation alone tells what was done to an image; who does cannot be distilled", () => {
  const asked = [
    labels([first]),
    regression(teacher),
    distillation(teacher, first, paperDistillation),
  ];
  expect([rotation().pretext, ...asked.map(({ pretext }) => pretext)])
    .toEqual([true, false, false, false]);
  expect(() => distillation({ ...teacher, pretext: true }, first, paperDistillation)).toThrow(
    "Cannot distil this teacher: it needs one whose answers are about what is in an image",
  );
});

Deno.test("jigsaw has one head for a patch, the options of its set, no labels, no teacher", () => {
  const made = { permutations: 2000, hidden: 1000 };
  const { options, ...puzzles } = jigsaw(made);
  expect(options).toEqual({ permutations: 2000, hidden: 1000 });
  expect(puzzles).toEqual({ name: "jigsaw", labels: [], teachers: [], pretext: true });
  const heads = objectiveHeads["jigsaw"]?.([], [], options) ?? {};
  expect(heads).toEqual({ jigsaw: 1000 });
  expect(hasPretextHead(heads)).toBe(true);
  expect(jigsaw({ ...made, view: { ...asStored, size: 255 } }).view?.size).toBe(255);
});

Deno.test("puzzles of pictures keep the paper's proportion of 255 pixels to 224, in cells of whole pixels", () => {
  const { puzzles, side, reads } = jigsawAt(224);
  expect([side, reads]).toEqual([255, 224]);
  expect(puzzles).toEqual({
    ...{ permutations: 2000, hidden: 1000 },
    view: { ...asStored, size: 255 },
  });
  for (const size of [64, 96, 127, 128, 160, 288, 512]) {
    const at = jigsawAt(size);
    expect([at.side % 3, at.puzzles.view?.size, at.reads]).toEqual([0, at.side, size]);
    expect(Math.abs(at.side - size * 255 / 224)).toBeLessThanOrEqual(1.5);
    expect(at.puzzles.permutations).toBe(size < 128 ? 100 : 2000);
  }
  // of small ones, what was measured for icons
  expect(jigsawAt(32)).toEqual({
    ...{ side: 48, reads: 48 },
    puzzles: { permutations: 100, hidden: 128, view: { ...asStored, size: 48 } },
  });
});

Deno.test("labels have a head for each label set, in order, with its classes", () => {
  expect(objectiveHeads["labels"]?.([card(3)], [], {})).toEqual({ labels: 3 });
  expect(Object.entries(objectiveHeads["labels"]?.([card(3), card(9), card(5)], [], {}) ?? {}))
    .toEqual(
      [
        ...[["labels", 3], ["labels2", 9], ["labels3", 5]],
      ],
    );
  const objective = labels([first, second]);
  expect(objective).toMatchObject({ name: "labels", teachers: [], options: {} });
  expect(objective.labels.map((node) => node === first ? 1 : 2)).toEqual([1, 2]);
});

Deno.test("labels have to be one a row, and there", () => {
  for (const name of ["labels", "distillation"]) {
    expect(() => objectiveHeads[name]?.([card(3), card(5, "multi")], [], {})).toThrow(
      'Cannot train on these labels: it needs one label for each row, found several in "5 classes".',
    );
    expect(() => objectiveHeads[name]?.([], [], {})).toThrow("found none.");
  }
});

Deno.test("distillation has the classes of its labels, the paper's options unless others are given", () => {
  expect(objectiveHeads["distillation"]?.([card(6)], [network("toy", 5)], {})).toEqual({
    labels: 6,
  });
  const asked = distillation(teacher, first, { temperature: 3, alpha: 0.5 });
  expect(asked).toMatchObject({ name: "distillation", options: { temperature: 3, alpha: 0.5 } });
  expect([asked.labels, asked.teachers]).toEqual([[first], [teacher]]);
  expect(distillation(teacher, first, paperDistillation).options)
    .toEqual({ temperature: 20, alpha: 0.75 });
});

Deno.test("regression has as many outputs as its teacher has features in the last layer", () => {
  const heads = (arch: string, width: number) =>
    objectiveHeads["regression"]?.([], [network(arch, width)], {});
  expect(heads("resnet10-small", 16)).toEqual({ features: 128 });
  expect(heads("resnet50", 64)).toEqual({ features: 2048 });
  expect(() => objectiveHeads["regression"]?.([], [], {})).toThrow(
    "Cannot regress features: it needs a teacher, found none.",
  );
  expect(regression(teacher)).toMatchObject({
    name: "regression",
    labels: [],
    teachers: [teacher],
  });
});
