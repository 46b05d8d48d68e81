import { expect } from "expect";
import { places205 } from "../../../src/data/published/places205.ts";
import { places365 } from "../../../src/data/published/places365.ts";
import { listed } from "./listed.ts";

Deno.test("Places365: its lists number the classes, which are called as their folders", async () => {
  const files = {
    "places365_train_standard.txt":
      "/a/art_gallery/00000001.jpg 0\n/a/apartment_building/outdoor/00000002.jpg 1\n",
    "places365_val.txt": "Places365_val_00000001.jpg 1\nPlaces365_val_00000002.jpg 0\n",
    "data_256/a/art_gallery/00000001.jpg": "",
    "data_256/a/apartment_building/outdoor/00000002.jpg": "",
    "val_256/Places365_val_00000001.jpg": "",
    "val_256/Places365_val_00000002.jpg": "",
  };
  expect((await listed(places365, files, [2, 2, 2])).samples).toEqual({
    "data_256/a/art_gallery/00000001.jpg": ["train", "art_gallery"],
    "data_256/a/apartment_building/outdoor/00000002.jpg": ["train", "apartment_building/outdoor"],
    "val_256/Places365_val_00000001.jpg": ["validation", "apartment_building/outdoor"],
    "val_256/Places365_val_00000002.jpg": ["validation", "art_gallery"],
  });
});

Deno.test("Places365 with a folder for each class needs no lists", async () => {
  const files = ["train/abbey/1.jpg", "train/beach/2.jpg", "val/abbey/3.jpg"];
  expect((await listed(places365, files, [2, 2, 1])).samples).toEqual({
    "train/abbey/1.jpg": ["train", "abbey"],
    "train/beach/2.jpg": ["train", "beach"],
    "val/abbey/3.jpg": ["validation", "abbey"],
  });
});

const images = "data/vision/torralba/deeplearning/images256";
const places = {
  "trainvalsplit_places205/train_places205.csv": "a/abbey/gsun_1.jpg 0\nb/bar/gsun_2.jpg 1\n",
  "trainvalsplit_places205/val_places205.csv": "b/bar/gsun_3.jpg 1\n",
  [`${images}/a/abbey/gsun_1.jpg`]: "",
  [`${images}/b/bar/gsun_2.jpg`]: "",
  [`${images}/b/bar/gsun_3.jpg`]: "",
};

Deno.test("Places205: lists and pictures where its archives put them", async () => {
  expect((await listed(places205, places, [2, 2, 1])).samples).toEqual({
    [`${images}/a/abbey/gsun_1.jpg`]: ["train", "abbey"],
    [`${images}/b/bar/gsun_2.jpg`]: ["train", "bar"],
    [`${images}/b/bar/gsun_3.jpg`]: ["validation", "bar"],
  });
});

Deno.test("pictures of a list that are not there are missing, and a line of another form is refused", async () => {
  const { [`${images}/a/abbey/gsun_1.jpg`]: _, ...fewer } = places;
  await expect(listed(places205, fewer, [2, 2, 1])).rejects.toThrow(
    `found 1 pictures of 1 classes to train on, 1 to evaluate on; missing: 1 (${images}/a/abbey/gsun_1.jpg)`,
  );
  const { samples } = await listed(places205, fewer, [2, 2, 1], { subset: true });
  expect(Object.keys(samples)).toEqual([
    `${images}/b/bar/gsun_2.jpg`,
    `${images}/b/bar/gsun_3.jpg`,
  ]);
  const cut = { ...places, "trainvalsplit_places205/val_places205.csv": "b/bar/gsun_3.jpg" };
  await expect(listed(places205, cut, [2, 2, 1])).rejects.toThrow(
    'it needs "<path> <number of its class>" in each line of trainvalsplit_places205/val_places205.csv, found ' +
      '"b/bar/gsun_3.jpg" in line 1',
  );
});
