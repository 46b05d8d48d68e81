import { expect } from "expect";
import { join } from "node:path";
import { readMatrixHead } from "../../../src/data/matrices/head.ts";
import { npyHead } from "../../../src/data/matrices/npy.ts";
import { writeNpyOfTensor } from "../../../src/data/matrices/npy_of_tensor.ts";
import { safetensorsFile } from "../../safetensors_file.ts";

const values = Float32Array.of(1, 2, 3, 4, 5, 6);

/** Two tensors: four bytes of another one, then the features, 2 x 3. */
function safetensors(dtype = "F32"): Uint8Array {
  const header = {
    __metadata__: { clusterfit: "{}" },
    other: { dtype: "U8", shape: [4], data_offsets: [0, 4] },
    features: { dtype, shape: [2, 3], data_offsets: [4, 28] },
  };
  return safetensorsFile(header, Uint8Array.of(9, 9, 9, 9, ...new Uint8Array(values.buffer)));
}

async function written(file: Uint8Array) {
  const dir = await Deno.makeTempDir();
  await Deno.writeFile(join(dir, "a.safetensors"), file);
  const [from, to] = [join(dir, "a.safetensors"), join(dir, "a.npy")];
  return {
    to,
    done: writeNpyOfTensor(to, from, "features"),
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}

Deno.test("a tensor of a file becomes an array of the same numbers", async () => {
  await using made = await written(safetensors());
  await made.done;
  expect(await readMatrixHead(made.to)).toMatchObject({ rows: 2, columns: 3, dtype: "float32" });
  expect(await Deno.readFile(made.to)).toEqual(
    Uint8Array.of(...npyHead("<f4", [2, 3]), ...new Uint8Array(values.buffer)),
  );
});

Deno.test("a file that ends early, and numbers of another type, are refused", async () => {
  await using short = await written(safetensors().subarray(0, -5));
  await expect(short.done).rejects.toThrow("the file ends 5 bytes too early");
  await using other = await written(safetensors("F16"));
  await expect(other.done).rejects.toThrow("it needs float32 numbers, found F16 in features");
});
