import { expect } from "expect";
import { join } from "node:path";
import { readMatrixHead } from "../../../src/data/matrices/head.ts";
import { safetensorsFile } from "../../safetensors_file.ts";

/** An npy file of that head, as numpy writes it, and that many bytes of numbers. */
function npy(descr: string, shape: string, bytes: number, fortran = "False"): Uint8Array {
  const text = `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': (${shape}), }`;
  const head = text.padEnd(117) + "\n";
  const file = new Uint8Array(10 + head.length + bytes);
  file.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, head.length, 0]);
  file.set(new TextEncoder().encode(head), 10);
  return file;
}

const safetensors = (head: unknown, bytes: number) => safetensorsFile(head, new Uint8Array(bytes));

const tensor = (dtype: string, shape: number[], end: number) => ({
  ...{ dtype, shape, data_offsets: [0, end] },
});

async function headOf(name: string, bytes?: Uint8Array) {
  const dir = await Deno.makeTempDir();
  try {
    const path = join(dir, name);
    if (bytes) await Deno.writeFile(path, bytes);
    return await readMatrixHead(path).catch((error: Error) => error.message.replaceAll(dir, ""));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("the head of an npy file says its size, its numbers and their order", async () => {
  const plain = { rows: 3, columns: 2, dtype: "float32", byColumns: false, tensor: null };
  expect(await headOf("a.npy", npy("'<f4'", "3, 2", 24))).toEqual(plain);
  expect(await headOf("a.NPY", npy("'>f8'", "3, 2", 48))).toEqual({ ...plain, dtype: "float64" });
  expect(await headOf("a.npy", npy("'<f2'", "3, 2", 12, "True")))
    .toEqual({ ...plain, dtype: "float16", byColumns: true });
});

Deno.test("of a safetensors file it is that of the features, or of the only tensor", async () => {
  const matrix = { rows: 3, columns: 2, dtype: "float32", byColumns: false };
  const other = { other: tensor("I64", [1], 8) };
  const features = { features: tensor("F32", [3, 2], 24) };
  expect(await headOf("a.safetensors", safetensors({ ...other, ...features }, 24)))
    .toEqual({ ...matrix, tensor: "features" });
  const x = { __metadata__: { a: "b" }, x: tensor("F32", [3, 2], 24) };
  expect(await headOf("a.safetensors", safetensors(x, 24))).toEqual({ ...matrix, tensor: "x" });
  expect(await headOf("a.safetensors", safetensors({ ...x, ...other }, 24)))
    .toContain(`the tensors x, other, of which none is "features"`);
});

for (
  const [what, name, bytes, message] of [
    ["a vector", "a.npy", npy("'<f4'", "3,", 12), "found an array of shape (3,)"],
    ["a tensor of three axes", "a.npy", npy("'<f4'", "3, 2, 1", 24), "found an array of shape (3,"],
    ["no rows", "a.npy", npy("'<f4'", "0, 2", 0), "found an array of shape (0, 2)"],
    ["whole numbers", "a.npy", npy("'<i8'", "3, 2", 48), "float64, found numbers of type i8"],
    ["Python objects", "a.npy", npy("'|O'", "3, 2", 48), "found Python objects"],
    ["records", "a.npy", npy("[('a', '<f4')]", "3, 2", 48), "found records"],
    ["half a file", "a.npy", npy("'<f4'", "3, 2", 23), "found 151 of 152 bytes"],
    ["a few bytes", "a.npy", new Uint8Array(5), "found a file that is too short"],
    ["text", "a.npy", new TextEncoder().encode("hello, world"), "found another format"],
    ["text", "a.safetensors", new TextEncoder().encode("hello, world"), "found another format"],
    ["half a file", "a.safetensors", safetensors({ x: tensor("F32", [3, 2], 24) }, 23), " bytes"],
    ["another name", "a.txt", new Uint8Array(1), `ends in one of .npy, .safetensors, found ".txt"`],
    ["nothing", "a.npy", undefined, "it needs a file, found none"],
  ] as const
) {
  Deno.test(`${name} with ${what} is refused with what was found`, async () => {
    const found = await headOf(name, bytes);
    expect(found).toMatch(/^Cannot read the features \/a\.\w+: it needs .*Write them again/s);
    expect(found).toContain(message);
  });
}
