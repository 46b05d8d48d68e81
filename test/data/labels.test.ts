import { expect } from "expect";
import fc from "fast-check";
import {
  labelsFile,
  labelsSchema,
  readLabels,
  writeLabels,
  writeLabelsCard,
} from "../../src/data/labels.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { artifactIn, toyEngine } from "./toy_engine.ts";

Deno.test("single labels are int64, one per row, and the card counts rows and classes", async () => {
  await using dir = await temporaryFolder();
  const { services, tensor } = toyEngine(dir.path);
  const names = ["cat", "dog", "fox"];
  const files = await writeLabels(dir.path, services, {
    ...{ title: "Pets", kind: "single", names, labels: [2, 0, 0, 1, 2] },
  });
  expect(files).toEqual(["labels.safetensors", "labels.json"]);
  expect(tensor(labelsFile, "labels")).toEqual({
    data: BigInt64Array.of(2n, 0n, 0n, 1n, 2n),
    shape: [5],
  });
  expect(await readLabels(artifactIn(dir.path, "labels"))).toEqual({
    ...{ title: "Pets", kind: "single", rows: 5, classes: 3, names },
  });
});

Deno.test("multi labels are uint8 [rows, classes], 1 where the row has the label and 0 elsewhere", async () => {
  await using dir = await temporaryFolder();
  const { services, tensor } = toyEngine(dir.path);
  const rowsOfLabels = fc.integer({ min: 1, max: 7 }).chain((classes) =>
    fc.record({
      classes: fc.constant(classes),
      labels: fc.array(fc.uniqueArray(fc.nat(classes - 1)), { minLength: 1, maxLength: 9 }),
    })
  );
  await fc.assert(
    fc.asyncProperty(rowsOfLabels, async ({ classes, labels }) => {
      const names = Array.from({ length: classes }, (_, at) => `class ${at}`);
      await writeLabels(dir.path, services, { title: "Tags", kind: "multi", names, labels });
      const { data, shape } = tensor(labelsFile, "labels");
      expect(data).toBeInstanceOf(Uint8Array);
      expect(shape).toEqual([labels.length, classes]);
      const expected = labels.flatMap((row) => names.map((_, at) => row.includes(at) ? 1 : 0));
      expect([...data].map(Number)).toEqual(expected);
      const card = await readLabels(artifactIn(dir.path, "labels"));
      expect(card).toMatchObject({ kind: "multi", rows: labels.length, classes });
    }),
    { numRuns: 25 },
  );
});

Deno.test("a class that is difficult to see is 2, and 1 where it is also seen clearly", async () => {
  await using dir = await temporaryFolder();
  const { services, tensor } = toyEngine(dir.path);
  const tags = { title: "Tags", kind: "multi", names: ["a", "b", "c"] } as const;
  const labels = [[0], [], [1]];
  await writeLabels(dir.path, services, { ...tags, labels, difficult: [[0, 2], [1], []] });
  expect([...tensor(labelsFile, "labels").data].map(Number)).toEqual([1, 0, 2, 0, 2, 0, 0, 1, 0]);
  await expect(writeLabels(dir.path, services, { ...tags, labels, difficult: [[], [3], []] }))
    .rejects.toThrow("Cannot write labels: it needs classes below 3, found 3");
});

Deno.test("a label that is no class is refused before anything is written", async () => {
  await using dir = await temporaryFolder();
  const { services } = toyEngine(dir.path);
  const write = (labels: readonly number[]) =>
    writeLabels(dir.path, services, { title: "", kind: "single", names: ["cat", "dog"], labels });
  await expect(write([0, 2])).rejects.toThrow(
    "Cannot write labels: it needs classes below 2, found 2",
  );
  await expect(write([-1])).rejects.toThrow("found -1");
  expect(await Array.fromAsync(Deno.readDir(dir.path))).toEqual([]);
});

Deno.test("classes may have no names, as clusters do, but not some of them", async () => {
  await using dir = await temporaryFolder();
  const card = { title: "Clusters", kind: "single", rows: 9, classes: 4, names: null } as const;
  expect(await writeLabelsCard(dir.path, card)).toBe("labels.json");
  expect(await readLabels(artifactIn(dir.path, "labels"))).toEqual(card);
  expect(labelsSchema.safeParse({ ...card, names: ["only one"] }).success).toBe(false);
});
