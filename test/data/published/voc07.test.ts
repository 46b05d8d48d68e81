import { expect } from "expect";
import { voc07 } from "../../../src/data/published/voc07.ts";
import { empty, listed } from "./listed.ts";

const [pictures, sets] = ["VOC2007/JPEGImages", "VOC2007/ImageSets/Main"];
const files = {
  ...empty(["000001", "000002", "000003"].map((name) => `${pictures}/${name}.jpg`)),
  "VOC2007/Annotations/000001.xml": "",
  [`${sets}/trainval.txt`]: "000001\n000003\n",
  [`${sets}/cat_train.txt`]: "000001  1\n",
  [`${sets}/cat_trainval.txt`]: "000001  1\n000003 -1\n",
  [`${sets}/dog_trainval.txt`]: "000001  0\n000003 -1\n",
  [`${sets}/cat_test.txt`]: "000002  0\n",
  [`${sets}/dog_test.txt`]: "000002  1\n",
};

/** What the lists above say, below a folder. */
const expected = (folder: string) => ({
  [`${folder}/000001.jpg`]: ["train", { classes: ["cat"], difficult: ["dog"] }],
  [`${folder}/000002.jpg`]: ["test", { classes: ["dog"], difficult: ["cat"] }],
  [`${folder}/000003.jpg`]: ["train", { classes: [], difficult: [] }],
});

Deno.test("classes are those of the lists: 1 is shown, 0 is difficult, -1 is neither", async () => {
  expect((await listed(voc07, files, [2, 2, 1])).samples).toEqual(expected(pictures));
});

Deno.test("the folder VOC2007 itself may be given", async () => {
  const inside = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name.slice("VOC2007/".length), text]),
  );
  expect((await listed(voc07, inside, [2, 2, 1])).samples).toEqual(expected("JPEGImages"));
});

Deno.test("without the test lists, which are another archive, it is refused", async () => {
  const { [`${sets}/dog_test.txt`]: _, ...fewer } = files;
  await expect(listed(voc07, fewer, [2, 2, 1])).rejects.toThrow(
    `it needs ${sets}/dog_test.txt in that folder, found VOC2007/`,
  );
});
