import { writeCard } from "../../../src/pipeline/card.ts";
import { expect } from "expect";
import { labelsFile, readLabels } from "../../../src/data/labels.ts";
import type { Collection } from "../../../src/data/pictures/collection.ts";
import { pictureTargets } from "../../../src/data/pictures/target.ts";
import { planTarget, type TargetPlan } from "../../../src/data/pictures/target_plan.ts";
import { partsFile, readParts, rowsOf } from "../../../src/data/parts.ts";
import type { DataServices } from "../../../src/data/services.ts";
import { type Split, splits } from "../../../src/data/split.ts";
import type { Target } from "../../../src/data/target.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import { node } from "../../../src/pipeline/graph.ts";
import { defineStage } from "../../../src/pipeline/stage.ts";
import { ToyRun } from "../icons/toy_run.ts";
import { classesOf, labelledCollection } from "./labelled_collection.ts";

/** An index that takes every picture but these. */
const indexWithout =
  (bad: readonly string[]) => (collection: Collection, at: { id: string; title: string }) =>
    node(
      defineStage<{ bad: readonly string[] }, Record<never, never>, "dataset", DataServices>({
        ...{ name: "toy.index", version: 1, inputs: {}, output: "dataset" },
        async run({ dir }) {
          const sources = collection.names.filter((name) => !bad.includes(name));
          return [
            await writeCard(dir, "dataset.json", { title: "t", rows: sources.length, sources }),
          ];
        },
      }),
      { ...at, config: { bad }, inputs: {} },
    );

function targetOf(plan: TargetPlan, bad: readonly string[] = []): Target {
  return pictureTargets([plan], indexWithout(bad), { torch: "1" })[plan.name]!;
}

const configsOf = ({ labels, parts }: Target) => [labels.config, parts.config];

Deno.test("classes: the rows that came through the index have their labels and parts, by name", async () => {
  await using run = await ToyRun.in();
  const plan = planTarget("plants", labelledCollection(classesOf({ rose: 10, tulip: 10 })), 1);
  const bad = ["rose/0.jpg", "tulip/9.jpg"];
  const target = targetOf(plan, bad);
  expect(target).toMatchObject({
    name: "plants",
    title: "plants",
    metric: "top-1",
    probe: "logistic",
  });
  const [labels, parts] = [await run.make(target.labels), await run.make(target.parts)];
  const left = plan.collection.names.flatMap((name, row) => bad.includes(name) ? [] : [row]);
  expect(await readLabels(labels.artifact)).toEqual({
    ...{ title: "plants", kind: "single", rows: 18, classes: 2, names: ["rose", "tulip"] },
  });
  const { data, shape } = labels.tensor(labelsFile, "labels");
  expect([[...data].map(Number), shape]).toEqual([left.map((row) => plan.labels.labels[row]), [
    18,
  ]]);
  const part = parts.tensor(partsFile, "part").data as Uint8Array;
  expect([...part].map((at) => splits[at])).toEqual(left.map((row) => plan.parts[row]));
  const counts = await readParts(parts.artifact);
  for (const split of splits) expect(counts[split]).toBe(rowsOf(split, part).length);
});

Deno.test("tags: a row has each of its own, and the metric is mAP", async () => {
  await using run = await ToyRun.in();
  const said = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [
    `${at + 100}.jpg`,
    [...(at % 2 ? ["odd"] : []), ...(at % 3 ? [] : ["third"])],
  ]));
  const target = targetOf(planTarget("tags", labelledCollection(said), 1), ["100.jpg"]);
  expect(target).toMatchObject({ metric: "mAP", probe: "one-vs-rest" });
  const labels = await run.make(target.labels);
  const { data, shape } = labels.tensor(labelsFile, "labels");
  expect(shape).toEqual([299, 2]);
  expect([...data].slice(0, 6)).toEqual([1, 0, 0, 0, 1, 1]); // of 101, 102, 103: odd, neither, both
});

Deno.test("so many bad pictures that a part or a class to train on is gone are a mistake, not a score", async () => {
  const said = classesOf({ rose: 5, tulip: 5 });
  const plan = planTarget("plants", labelledCollection(said), 1);
  const inPart = (split: Split, folder = "") =>
    plan.collection.names.flatMap((name, row) =>
      plan.parts[row] === split && name.startsWith(folder) ? [name] : []
    );
  const failed = async (bad: readonly string[]) => {
    await using run = await ToyRun.in();
    const error = await run.make(targetOf(plan, bad).parts).catch((error) => error);
    expect(error).toBeInstanceOf(UserError);
    return error.message;
  };
  expect(await failed(inPart("test"))).toContain(
    "needs pictures in each part, found none for test.",
  );
  expect(await failed(inPart("train", "rose"))).toContain(
    "needs two classes at least, found tulip alone",
  );
});

Deno.test("keys follow labels, classes and parts, and not the place of the pictures", () => {
  const said = classesOf({ rose: 5, tulip: 5 });
  const of = (collection: Collection, seed = 1) =>
    configsOf(targetOf(planTarget("plants", collection, seed)));
  const first = of(labelledCollection(said));
  const moved = labelledCollection(said);
  const pieceOf = (row: number) => ({ ...moved.pieceOf(row), file: `/elsewhere/${row}` });
  expect(of({ ...moved, pieceOf, given: "/elsewhere" })).toEqual(first);
  const renamed = { ...said, "rose/0.jpg": "tulip" };
  expect(of(labelledCollection(renamed))[0]).not.toEqual(first[0]);
  const french = Object.fromEntries(
    Object.entries(said).map(([name, of]) => [name, of.replace("tulip", "tulipe")]),
  );
  const [labels, parts] = of(labelledCollection(french));
  expect(labels).not.toEqual(first[0]);
  expect(parts).toEqual(first[1]);
  expect(of(labelledCollection(said), 2)[1]).not.toEqual(first[1]);
});

Deno.test("classes that are difficult to see are marked in the labels, and are in their key", async () => {
  await using run = await ToyRun.in();
  const said = Object.fromEntries(
    Array.from(
      { length: 30 },
      (_, at) => [`${String(at).padStart(2, "0")}.jpg`, at % 2 ? [] : ["a"]],
    ),
  );
  const collection = labelledCollection({ ...said, "30.jpg": ["a"] });
  const { labels } = collection;
  if (labels?.kind !== "multi") throw new Error("they are several");
  const difficult = collection.names.map((_, row) => row === 1 ? [0] : []);
  const marked = targetOf(
    planTarget("voc", { ...collection, labels: { ...labels, difficult } }, 1),
  );
  const made = await run.make(marked.labels);
  expect([...made.tensor(labelsFile, "labels").data].slice(0, 4)).toEqual([1, 2, 1, 0]);
  const plain = targetOf(planTarget("voc", collection, 1));
  expect(plain.labels.config).not.toEqual(marked.labels.config);
});

Deno.test("targets of the paper are probed by SGD for as many epochs as in the paper", () => {
  const epochsOf = (given: string) => {
    const collection = labelledCollection(classesOf({ rose: 10, tulip: 10 }), { given });
    return targetOf(planTarget("t", collection, 1)).probeEpochs;
  };
  const sets = ["imagenet-1k", "places205", "inaturalist-2018", "places365"];
  expect(sets.map((name) => epochsOf(`${name}:/data`))).toEqual([28, 14, 84, undefined]);
  expect(epochsOf("~/photos")).toBeUndefined();
});
