import { expect } from "expect";
import { digitsTarget } from "../../../src/data/digits/target.ts";
import { imagesFile, readDataset } from "../../../src/data/dataset.ts";
import { labelsFile, readLabels } from "../../../src/data/labels.ts";
import { partsFile, readParts, rowsOf } from "../../../src/data/parts.ts";
import { splits } from "../../../src/data/split.ts";
import { ToyRun } from "../icons/toy_run.ts";
import { toyDigits } from "../toy_engine.ts";

const target = (dataSeed: number) => digitsTarget({ dataSeed, versions: { safetensors: "1" } });

Deno.test("digits are a target of ten classes, 60, 20 and 20% of each in its parts", async () => {
  await using run = await ToyRun.in();
  const { data, labels, parts, metric, probe } = target(1);
  expect([metric, probe]).toEqual(["top-1", "logistic"]);
  const rows = await run.make(data);
  expect(rows.tensor(imagesFile, "images")).toEqual({
    data: toyDigits().pixels,
    shape: [100, 32, 32, 3],
  });
  expect((await readDataset(rows.artifact)).sources[99]).toBe("digits:99");
  const labelled = await run.make(labels);
  expect(await readLabels(labelled.artifact)).toMatchObject({ kind: "single", classes: 10 });
  expect(labelled.tensor(labelsFile, "labels").data).toEqual(
    BigInt64Array.from(toyDigits().labels, BigInt),
  );
  const parted = await run.make(parts);
  expect(await readParts(parted.artifact)).toEqual({ train: 60, validation: 20, test: 20 });
  const { data: part } = parted.tensor(partsFile, "part");
  for (const split of splits) {
    const ofEach = rowsOf(split, part as Uint8Array).map((row) => row % 10);
    const count = split === "train" ? 6 : 2;
    expect(ofEach.toSorted()).toEqual(
      Array.from({ length: 10 * count }, (_, at) => Math.floor(at / count)),
    );
  }
});

Deno.test("another seed draws other parts, of the same rows; both are in the keys", async () => {
  const partOf = async (dataSeed: number) => {
    await using run = await ToyRun.in();
    return (await run.make(target(dataSeed).parts)).tensor(partsFile, "part").data;
  };
  expect(await partOf(1)).not.toEqual(await partOf(2));
  expect(target(1).data.config).toEqual({ dataSeed: 1, versions: { safetensors: "1" } });
});
