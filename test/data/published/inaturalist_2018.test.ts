import { expect } from "expect";
import { inaturalist2018 } from "../../../src/data/published/inaturalist_2018.ts";
import { listed } from "./listed.ts";

const json = (pictures: Readonly<Record<string, number>>) =>
  JSON.stringify({
    info: { year: 2018 },
    images: Object.keys(pictures).map((file_name, id) => ({ id, file_name, width: 800 })),
    annotations: Object.values(pictures).map((category_id, image_id) => ({
      ...{ id: image_id, image_id, category_id },
    })).reverse(),
    categories: [{ id: 7477, name: "7477" }],
  });

const folder = "train_val2018/Plantae";
const files = {
  "train2018.json": json({ [`${folder}/7477/a.jpg`]: 7477, [`${folder}/12/b.jpg`]: 12 }),
  "val2018.json": json({ [`${folder}/12/c.jpg`]: 12 }),
  [`${folder}/7477/a.jpg`]: "",
  [`${folder}/12/b.jpg`]: "",
  [`${folder}/12/c.jpg`]: "",
};

Deno.test("pictures, parts and categories are those of the JSON files", async () => {
  expect((await listed(inaturalist2018, files, [2, 2, 1])).samples).toEqual({
    [`${folder}/7477/a.jpg`]: ["train", "7477"],
    [`${folder}/12/b.jpg`]: ["train", "12"],
    [`${folder}/12/c.jpg`]: ["validation", "12"],
  });
});

Deno.test("a file that is no such JSON, or lacks an annotation, is refused", async () => {
  const refused = (text: string) =>
    expect(listed(inaturalist2018, { ...files, "val2018.json": text }, [2, 2, 1])).rejects;
  await refused("{").toThrow("it needs images and annotations in val2018.json, found no JSON.");
  await refused('{"images": []}').toThrow("in val2018.json, found others.");
  const lone = '{"images": [{"id": 1, "file_name": "a.jpg"}], "annotations": []}';
  await refused(lone).toThrow(
    'it needs an annotation for each picture of val2018.json, found none for "a.jpg"',
  );
});
