import { expect } from "expect";
import { sampleOf } from "../../../src/data/pictures/sample.ts";
import { planTarget } from "../../../src/data/pictures/target_plan.ts";
import { pictureWorld, type PictureWorldOptions } from "../../../src/data/pictures/world.ts";
import { UserError } from "../../../src/pipeline/errors.ts";
import { classesOf, labelledCollection } from "./labelled_collection.ts";

const options: PictureWorldOptions = {
  images: null,
  decoding: { side: 64, interpolation: "bilinear" },
  pack: true,
  maxBad: 0.001,
  versions: { torch: "1" },
};

const photos = labelledCollection({ "1.jpg": "", "2.jpg": "" }, {
  labels: null,
  fingerprint: "photos",
});
const plants = labelledCollection(classesOf({ rose: 5, tulip: 5 }));

Deno.test("a world of pictures: an index of them, and targets of which each has its own", () => {
  const world = pictureWorld(photos, [planTarget("plants", plants, 1)], options);
  expect(world.data.id).toBe("pictures");
  expect(world.data.config).toMatchObject({ fingerprint: "photos" });
  expect(Object.keys(world.targets)).toEqual(["plants"]);
  const { data, labels, parts } = world.targets["plants"]!;
  expect([data, labels, parts].map(({ id }) => id)).toEqual([
    ...["target.plants", "target.plants.labels", "target.plants.parts"],
  ]);
  expect([labels.inputs["data"], parts.inputs["data"]]).toEqual([data, data]);
  expect(world).toMatchObject({ labels: {}, layerwiseTarget: null });
  expect(pictureWorld(photos, [], options).targets).toEqual({});
});

Deno.test("the same pictures are indexed once, whoever needs them", () => {
  const plans = [planTarget("a", plants, 1), planTarget("b", plants, 2)];
  const world = pictureWorld(plants, plans, options);
  expect(world.targets["a"]!.data).toBe(world.data);
  expect(world.targets["b"]!.data).toBe(world.data);
  expect(world.targets["a"]!.parts).not.toBe(world.targets["b"]!.parts);
  const sampled = pictureWorld(plants, plans, { ...options, images: 4 });
  expect(sampled.targets["a"]!.data).not.toBe(sampled.data);
  expect(sampled.targets["b"]!.data).toBe(sampled.targets["a"]!.data);
});

Deno.test("a sample is drawn by the seed, in the order of the names; a smaller is part of a larger", () => {
  const parts = plants.names.map((_, row) => row % 2 ? "train" as const : "test" as const);
  const all = { ...plants, parts };
  const names = (images: number, seed: number) => sampleOf(all, images, seed).names;
  const seven = names(7, 1);
  expect(seven).toEqual(seven.toSorted());
  expect(seven).toEqual(expect.arrayContaining([...names(3, 1)]));
  expect(names(7, 2)).not.toEqual(seven);
  const sample = sampleOf(all, 7, 1);
  const { labels, parts: own } = sample;
  sample.names.forEach((name, row) => {
    const at = all.names.indexOf(name);
    expect(sample.pieceOf(row)).toEqual(all.pieceOf(at));
    expect([labels!.labels[row], own![row]]).toEqual([all.labels!.labels[at], parts[at]]);
  });
  expect(sampleOf(all, null, 1)).toBe(all);
  expect(sampleOf(all, 10, 1)).toBe(all);
});

Deno.test("more pictures than there are is a mistake that says how many there are", () => {
  expect(() => pictureWorld(photos, [], { ...options, images: 10_000 })).toThrow(UserError);
  expect(() => pictureWorld(photos, [], { ...options, images: 10_000 })).toThrow(
    "Cannot draw pictures from ~/photos: it needs 10,000, found 2. Ask for at most that many (images), or " +
      "for all of them.",
  );
});
