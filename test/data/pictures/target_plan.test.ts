import { expect } from "expect";
import fc from "fast-check";
import { labelsAt } from "../../../src/data/pictures/labels_at.ts";
import { planTarget } from "../../../src/data/pictures/target_plan.ts";
import type { Split } from "../../../src/data/split.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import { classesOf, countParts, labelledCollection } from "./labelled_collection.ts";

const plan = (...[said, more]: Parameters<typeof labelledCollection>) =>
  planTarget("plants", labelledCollection(said, more), 1);

function messageOf(...given: Parameters<typeof labelledCollection>): string {
  try {
    plan(...given);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

Deno.test("drawn parts: 60, 20, 20% of each class, of the smallest one each", () => {
  const { labels, parts, notes } = plan(classesOf({ a: 3, b: 10, c: 100, d: 4 }));
  expect(countParts({ labels }, parts)).toEqual({
    a: { train: 1, validation: 1, test: 1 },
    b: { train: 6, validation: 2, test: 2 },
    c: { train: 60, validation: 20, test: 20 },
    d: { train: 2, validation: 1, test: 1 },
  });
  expect(notes).toEqual(["parts drawn: 60, 20, 20%"]);
});

Deno.test("the parts of a class depend on the seed and its own names, on no other class and no order", () => {
  const of = (seed: number, said: Record<string, string>) => {
    const { collection: { names }, parts } = planTarget("t", labelledCollection(said), seed);
    return Object.fromEntries(
      names.flatMap((name, row) => name.startsWith("b/") ? [[name, parts[row]]] : []),
    );
  };
  const alone = of(1, classesOf({ b: 50, a: 3 }));
  expect(of(1, classesOf({ z: 20, b: 50, c: 7 }))).toEqual(alone);
  expect(of(2, classesOf({ b: 50, a: 3 }))).not.toEqual(alone);
});

Deno.test("all frames of a video are in one part", () => {
  const said: Record<string, string> = {};
  for (const video of ["a/1.mp4", "a/2.mp4", "a/3.mp4", "b/1.mp4", "b/2.mp4", "b/3.mp4"]) {
    for (let second = 0; second < 5; second++) said[`${video}#t=0000${second}.000`] = video[0]!;
  }
  const { names } = labelledCollection(said);
  const { parts } = plan(said, { videoOf: (row) => names[row]!.split("#")[0]! });
  const byVideo = Map.groupBy(parts.keys(), (row) => names[row]!.split("#")[0]);
  for (const rows of byVideo.values()) {
    expect(new Set(rows.map((row) => parts[row])).size).toBe(1);
  }
  expect(new Set(parts)).toEqual(new Set(["train", "validation", "test"]));
  const two = Object.keys(said).filter((name) => !name.startsWith("b/3"));
  expect(messageOf(
    Object.fromEntries(two.map((name) => [name, said[name]!])),
    { videoOf: (row) => two[row]!.split("#")[0]! },
  )).toContain(
    "needs 3 videos of every class, one for each part, found fewer for 1 of 2 classes: b (2)",
  );
});

Deno.test("classes of fewer than three pictures are refused by name, with what to do", () => {
  expect(messageOf(classesOf({ a: 5, b: 2, c: 1, d: 3 }))).toBe(
    "Cannot split ~/photos: it needs 3 pictures of every class, one for each part, found fewer for 2 of 4 " +
      "classes: b (2), c (1). Add some, leave these out, or give parts: folders train, val and test, or " +
      "a column split.",
  );
});

/** A part for each of the pictures "<part>/<class>/<n>". */
function withParts(counts: Readonly<Record<string, number>>) {
  const said: Record<string, string> = {};
  for (const [folder, count] of Object.entries(counts)) {
    for (let at = 0; at < count; at++) said[`${folder}/${at}`] = folder.split("/")[1]!;
  }
  const parts = Object.keys(said).sort().map((name) => name.split("/")[0] as Split);
  return [said, { parts }] as const;
}

Deno.test("parts of its own are kept as they are", () => {
  const [said, more] = withParts({ "train/a": 1, "train/b": 9, "validation/a": 1, "test/b": 2 });
  const { parts, notes } = plan(said, more);
  expect(parts).toEqual(more.parts);
  expect(notes).toEqual(["parts of its own"]);
});

Deno.test("without a validation part, 20% of each class of the train part is held out", () => {
  const [said, more] = withParts({
    "train/a": 10,
    "train/b": 2,
    "train/c": 1,
    "test/a": 3,
    "test/c": 4,
  });
  const { labels, parts, notes } = plan(said, more);
  expect(countParts({ labels }, parts)).toEqual({
    ...{ a: { train: 8, validation: 2, test: 3 }, b: { train: 1, validation: 1 } },
    c: { train: 1, test: 4 },
  });
  expect(notes).toEqual(["validation drawn: 20% of the train part"]);
});

Deno.test("without a test part, as ImageNet has none, the validation part is tested on", () => {
  const [said, more] = withParts({
    "train/a": 10,
    "train/b": 5,
    "validation/a": 4,
    "validation/b": 1,
  });
  const { labels, parts, notes } = plan(said, more);
  expect(countParts({ labels }, parts)).toEqual({
    a: { train: 8, validation: 2, test: 4 },
    b: { train: 4, validation: 1, test: 1 },
  });
  expect(notes[0]).toContain("tested on its validation part");
});

Deno.test("a class that is in the test part alone is refused by name; one in the train part alone is fine", () => {
  const counts = { "train/a": 5, "train/b": 5, "validation/a": 1, "test/a": 1 };
  expect(plan(...withParts(counts)).labels.names).toEqual(["a", "b"]);
  expect(messageOf(...withParts({ ...counts, "test/new": 2, "validation/other": 1 }))).toBe(
    'Cannot probe on "plants": it needs pictures to train on of every class, found classes in the ' +
      "validation or test part alone: 2 (new, other). Add such pictures to the train part, or leave these " +
      "classes out.",
  );
});

Deno.test("no train part, no labels, one class: each says what was found", () => {
  expect(messageOf(...withParts({ "validation/a": 4, "test/b": 4 }))).toContain(
    "it needs a train part, found validation and test.",
  );
  const notes = ["no labels: 3 of 4 pictures lie in no folder of a class"];
  expect(messageOf({ a: "x" }, { labels: null, notes })).toBe(
    'Cannot probe on "plants": it needs labels, found none in ~/photos; no labels: 3 of 4 pictures lie in ' +
      "no folder of a class. Put the pictures of each class into a folder of its own, or give a table " +
      "with a column label.",
  );
  expect(messageOf(classesOf({ a: 9 }))).toContain("needs two classes at least, found a alone.");
});

/** `count` pictures, every second of which carries "even", every tenth "ten", the first three "rare". */
const tagged = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [
    `${String(at).padStart(4, "0")}.jpg`,
    [...(at % 2 ? [] : ["even"]), ...(at % 10 ? [] : ["ten"]), ...(at < 3 ? ["rare"] : [])],
  ]));

Deno.test("tags: parts are drawn of all pictures, and a tag needs three pictures of each part", () => {
  const { labels, parts, notes } = plan(tagged(300));
  expect(countParts({ labels }, parts)).toEqual({ tags: { train: 180, validation: 60, test: 60 } });
  expect(labels.names).toEqual(["even", "ten"]);
  expect(labels.labels.slice(0, 11)).toEqual([[0, 1], [], [0], [], [0], [], [0], [], [0], [], [
    0,
    1,
  ]]);
  expect(notes).toEqual([
    "parts drawn: 60, 20, 20%",
    "left out, tags that fewer than 3 pictures of a part carry: 1 (rare)",
  ]);
  expect(messageOf(tagged(4))).toContain(
    "needs tags that 3 pictures of each part carry, found none.",
  );
  expect(messageOf(tagged(2))).toContain("it needs 3 pictures, one for each part, found fewer.");
});

Deno.test("tags that are difficult to see keep their pictures, and lose the classes that are left out", () => {
  const collection = labelledCollection(tagged(300));
  const labels = collection.labels!;
  const difficult = collection.names.map((_, row) => row === 1 ? [0, 1, 2] : []);
  if (labels.kind !== "multi") throw new Error("tags are several");
  const planned = planTarget("t", { ...collection, labels: { ...labels, difficult } }, 1).labels;
  expect(labels.names).toEqual(["even", "rare", "ten"]);
  expect(planned).toMatchObject({ names: ["even", "ten"] });
  expect(planned.kind === "multi" && planned.difficult?.slice(0, 3)).toEqual([[], [0, 1], []]);
  expect(labelsAt(planned, [1])).toEqual({
    ...{ kind: "multi", names: ["even", "ten"], labels: [[]], difficult: [[0, 1]] },
  });
});

Deno.test("whatever the counts, each class is in each part and nothing is lost", () => {
  fc.assert(fc.property(
    fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.integer({ min: 3, max: 40 }), {
      ...{ minKeys: 2, maxKeys: 6, noNullPrototype: true },
    }),
    fc.nat(),
    (counts, seed) => {
      const { labels, parts } = planTarget("t", labelledCollection(classesOf(counts)), seed);
      for (const [name, of] of Object.entries(countParts({ labels }, parts))) {
        const { train = 0, validation = 0, test = 0 } = of;
        expect(Math.min(train, validation, test)).toBeGreaterThan(0);
        expect(validation).toBe(test);
        expect(train).toBeGreaterThanOrEqual(test);
        expect(train + validation + test).toBe(counts[name]);
      }
    },
  ));
});
