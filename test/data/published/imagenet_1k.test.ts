import { expect } from "expect";
import { imagenet1k } from "../../../src/data/published/imagenet_1k.ts";
import { empty, listed } from "./listed.ts";

const [tench, shark] = ["n01440764", "n01484850"];
const train = [`train/${tench}/a.JPEG`, `train/${tench}/b.JPEG`, `train/${shark}/c.JPEG`];
const validation = [1, 2, 3].map((number) => `ILSVRC2012_val_0000000${number}.JPEG`);

/** The three validation pictures, and what lists have to say of them. */
const expected = {
  [`val/${validation[0]}`]: ["validation", shark],
  [`val/${validation[1]}`]: ["validation", tench],
  [`val/${validation[2]}`]: ["validation", shark],
};

Deno.test("classes are the folders of wnids, in both parts", async () => {
  const files = [...train, `val/${shark}/${validation[0]}`, `val/${tench}/${validation[1]}`];
  const { samples, missing } = await listed(imagenet1k, files, [2, 3, 2]);
  expect(samples).toEqual({
    [train[0]!]: ["train", tench],
    [train[1]!]: ["train", tench],
    [train[2]!]: ["train", shark],
    [files[3]!]: ["validation", shark],
    [files[4]!]: ["validation", tench],
  });
  expect(missing).toEqual([]);
});

const lists = {
  // Caffe counts wnids from 0 in their order
  "val.txt": `${validation[0]} 1\n${validation[1]} 0\n${validation[2]} 1\n`,
  // TensorFlow: in the order of the pictures' numbers
  "imagenet_2012_validation_synset_labels.txt": `${shark}\n${tench}\n${shark}\n`,
  // Kaggle: in any order, the boxes behind each wnid
  "LOC_val_solution.csv": "ImageId,PredictionString\n" +
    `ILSVRC2012_val_00000003,${shark} 111 108 230 366 \n` +
    `ILSVRC2012_val_00000002,${tench} 2 0 498 373 ${tench} 1 2 3 4 \n` +
    `ILSVRC2012_val_00000001,${shark} 85 1 499 272\n`,
};

for (const [name, text] of Object.entries(lists)) {
  Deno.test(`validation pictures in one folder are labelled by ${name}`, async () => {
    const files = { ...empty([...train, ...Object.keys(expected)]), [name]: text };
    const { samples } = await listed(imagenet1k, files, [2, 3, 3]);
    expect(samples).toMatchObject(expected);
  });
}

Deno.test("the folders of ILSVRC's archives and of Kaggle are found", async () => {
  for (const prefix of ["ILSVRC2012_img_", "ILSVRC/Data/CLS-LOC/"]) {
    const files = [`${prefix}train/${tench}/a.JPEG`, `${prefix}val/${tench}/${validation[0]}`];
    expect(Object.keys((await listed(imagenet1k, files, [1, 1, 1])).samples)).toEqual(files);
  }
});

Deno.test("missing numbers of the validation part and classes of one part alone are named", async () => {
  const files = [...train, `val/${tench}/${validation[0]}`, `val/${tench}/${validation[2]}`];
  await expect(listed(imagenet1k, files, [2, 3, 3])).rejects.toThrow(
    "it needs 3 pictures of 2 classes to train on, 3 to evaluate on, found 3 pictures of 2 classes to train on, 2 " +
      `to evaluate on; missing: 2 (pictures of ${shark} in val, val: ILSVRC2012_val_00000002). Complete it, or set ` +
      "subset=true",
  );
  const other = [train[0]!, `val/${tench}/${validation[0]}`, `val/${shark}/${validation[1]}`];
  await expect(listed(imagenet1k, other, [2, 1, 2])).rejects.toThrow(`missing: 1 (train/${shark})`);
});

Deno.test("a flat validation part without a list, or with classes that are no folders, is refused", async () => {
  const flat = empty([...train, ...Object.keys(expected)]);
  await expect(listed(imagenet1k, flat, [2, 3, 3])).rejects.toThrow(
    /it needs val\.txt or .* in that folder, found train\/, val\//,
  );
  await expect(listed(imagenet1k, { ...flat, "val.txt": `${validation[0]} 2` }, [2, 3, 3]))
    .rejects.toThrow("for each class of val.txt, found its class 2 and 2 folders");
});
