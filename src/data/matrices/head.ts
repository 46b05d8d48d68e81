/** What the head of a file of features says, before anything reads its numbers. */
import { extname } from "node:path";
import { explainSystemError, UserError } from "../../pipeline/errors.ts";
import { readUpTo, unlessMissing } from "../../pipeline/files.ts";
import { reasonOf } from "../../pipeline/reason.ts";
import { readSafetensorsHeader } from "./safetensors_header.ts";

const floats = { float16: 2, float32: 4, float64: 8 } as const;

export interface MatrixHead {
  readonly rows: number;
  readonly columns: number;
  readonly dtype: keyof typeof floats;
  /** Whether it lies column by column, as Fortran and `array.T` have it. */
  readonly byColumns: boolean;
  /** Of a safetensors file, the tensor; null in an npy file. */
  readonly tensor: string | null;
}

/** What a file's name has to end in, for people. */
export const matrixExtensions = ".npy, .safetensors";

/** The head of an npy file, or of the tensor "features" (or the only one) of a safetensors file. Rejects with a
 * UserError where it holds no matrix of floats, or not all of it. */
export async function readMatrixHead(path: string): Promise<MatrixHead> {
  const extension = extname(path).toLowerCase();
  if (extension !== ".npy" && extension !== ".safetensors") {
    throw refused(path, `a name that ends in one of ${matrixExtensions}`, `"${extension}"`);
  }
  try {
    using file = await unlessMissing(Deno.open(path, { read: true }));
    if (!file) throw refused(path, "a file", "none");
    const head = extension === ".npy" ? await npyHead(file) : await safetensorsHead(file);
    const { size } = await file.stat();
    const end = head.end;
    if (size < end) {
      throw new Error(`${size.toLocaleString("en")} of ${end.toLocaleString("en")} bytes`);
    }
    return checked(path, head);
  } catch (error) {
    const told = explainSystemError(error, `read the features ${path}`);
    if (told instanceof UserError) throw told;
    throw refused(path, "a whole file of that kind", reasonOf(error));
  }
}

/** As a file has it, nothing checked. `end`: how long the file has to be. */
interface Raw {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly byColumns: boolean;
  readonly tensor: string | null;
  readonly end: number;
}

function checked(path: string, { dtype, shape, byColumns, tensor }: Raw): MatrixHead {
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2 || rows === 0 || columns === 0) {
    throw refused(
      path,
      "a matrix, a row for each picture",
      `an array of shape (${shape.length === 1 ? `${rows},` : shape.join(", ")})`,
    );
  }
  const name = Object.keys(floats).find((known) => known === dtype) as MatrixHead["dtype"];
  if (name === undefined) throw refused(path, Object.keys(floats).join(", "), dtype);
  return { rows, columns, dtype: name, byColumns, tensor };
}

function refused(path: string, needs: string, found: string): UserError {
  return new UserError(
    `Cannot read the features ${path}: it needs ${needs}, found ${found}. ` +
      "Write them again, e.g. with numpy.save(path, features).",
  );
}

/** https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
async function npyHead(file: Deno.FsFile): Promise<Raw> {
  const magic = await bytesOf(file, 8);
  if (String.fromCharCode(...magic.subarray(1, 6)) !== "NUMPY") throw new Error("another format");
  const long = magic[6]! > 1;
  const length = new DataView((await bytesOf(file, long ? 4 : 2)).buffer);
  const size = long ? length.getUint32(0, true) : length.getUint16(0, true);
  const text = new TextDecoder("latin1").decode(await bytesOf(file, size));
  const type = /'descr': '[<>=|]?([^']+)'/.exec(text)?.[1];
  const shape = /'shape': \(([\d, ]*)\)/.exec(text)?.[1];
  if (shape === undefined) throw new Error("a head without a shape");
  const sizes = shape.split(",").filter((part) => part.trim() !== "").map(Number);
  const dtype = type === undefined ? "records" : npyTypes[type] ?? `numbers of type ${type}`;
  const numbers = sizes.reduce((product, length) => product * length, 1);
  const start = 8 + (long ? 4 : 2) + size;
  return {
    ...{ dtype, shape: sizes, tensor: null },
    byColumns: /'fortran_order': True/.test(text) && sizes.length > 1,
    end: start + numbers * (isFloat(dtype) ? floats[dtype] : 0),
  };
}

const npyTypes: Readonly<Record<string, string>> = {
  ...{ f2: "float16", f4: "float32", f8: "float64", O: "Python objects" },
};

async function safetensorsHead(file: Deno.FsFile): Promise<Raw> {
  const { json: head, begin } = await readSafetensorsHeader((count) => bytesOf(file, count));
  const names = Object.keys(head).filter((name) => name !== "__metadata__");
  const name = names.includes("features") ? "features" : names.length === 1 ? names[0]! : undefined;
  if (name === undefined) {
    throw new Error(`the tensors ${names.join(", ") || "(none)"}, of which none is "features"`);
  }
  const { dtype, shape, data_offsets } = head[name];
  return {
    dtype: safetensorsTypes[dtype] ?? `numbers of type ${dtype}`,
    ...{ shape, byColumns: false, tensor: name, end: begin + data_offsets[1] },
  };
}

const safetensorsTypes: Readonly<Record<string, string>> = {
  ...{ F16: "float16", F32: "float32", F64: "float64" },
};

const isFloat = (name: string): name is keyof typeof floats => name in floats;

async function bytesOf(file: Deno.FsFile, count: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readUpTo(file, count);
  if (bytes.length < count) throw new Error("a file that is too short");
  return bytes;
}
