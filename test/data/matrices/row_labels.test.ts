import { expect } from "expect";
import { join } from "node:path";
import {
  checkMatrixName,
  checkRowLabelsName,
  writeMatrix,
  writeRowLabels,
} from "../../../src/data/matrices/row_labels.ts";
import { startEngine } from "../../../src/engine/mod.ts";
import { readTable } from "../../../src/tables/read.ts";
import { python } from "clusterfit/python";

Deno.test("labels and matrices are written in the form that the name says", async () => {
  const engine = await startEngine();
  const dir = await Deno.makeTempDir();
  const path = (name: string) => join(dir, name);
  await engine.tensors.save(path("given"), {
    labels: { data: new BigInt64Array([3n, 0n, 3n]), shape: [3] },
    matrix: { data: new Float32Array([1, 2, 3, 4, 5, 6]), shape: [3, 2] },
  });
  using given = await engine.tensors.load(path("given"));
  const labels = given.get("labels");
  for (const end of ["csv", "parquet", "npy", "safetensors"]) {
    await writeRowLabels(engine, path(`labels.${end}`), labels);
  }
  for (const end of ["csv", "parquet"]) {
    const { columns } = await readTable(path(`labels.${end}`));
    expect(columns.get("row")?.map(Number)).toEqual([0, 1, 2]);
    expect(columns.get("cluster")?.map(Number)).toEqual([3, 0, 3]);
  }
  using file = await engine.tensors.load(path("labels.safetensors"));
  expect([...engine.tensors.toArray(file.get("labels"))]).toEqual([3, 0, 3]);

  using numpy = python.import("numpy");
  using array = numpy.method("load", path("labels.npy")) as ReturnType<typeof python.import>;
  expect(String(array.attr("dtype"))).toBe("int64");
  expect(String(array)).toBe("[3 0 3]");

  await writeMatrix(engine, path("m.npy"), "centroids", given.get("matrix"));
  await writeMatrix(engine, path("m.safetensors"), "centroids", given.get("matrix"));
  using back = await engine.matrices.load(path("m.npy"), null);
  using tensor = await engine.matrices.load(path("m.safetensors"), "centroids");
  for (const found of [back, tensor]) {
    expect(found.shape).toEqual([3, 2]);
    expect([...engine.tensors.toArray(found)]).toEqual([1, 2, 3, 4, 5, 6]);
  }
  await Deno.remove(dir, { recursive: true });
});

Deno.test("other names are refused, with those that would do", () => {
  expect(() => checkRowLabelsName("a.txt")).toThrow(/ends in one of \.csv, .*\.npy, .*"\.txt"/);
  expect(() => checkMatrixName("a.csv")).toThrow(/one of \.npy, \.safetensors, found "\.csv"/);
  for (const name of ["a.csv", "a.npy", "a.parquet", "a.safetensors"]) checkRowLabelsName(name);
  checkMatrixName("a.npy");
});
