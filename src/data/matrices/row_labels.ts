/** A number for each row, in the ecosystem's own files. */
import { extname } from "node:path";
import { UserError } from "../../pipeline/errors.ts";
import { tableExtensions, tableFormat } from "../../tables/format.ts";
import { writeTable } from "../../tables/write.ts";
import type { Engine, HostArray, Tensor } from "../../engine/engine.ts";
import { writeNpy } from "./npy.ts";

const arrayExtensions = [".npy", ".safetensors"];

/** Throws a UserError where a name is none of a file that `writeRowLabels` writes. */
export function checkRowLabelsName(path: string): void {
  if (arrayExtensions.includes(extname(path)) || tableFormat(path) !== undefined) return;
  throw new UserError(
    `Cannot write labels to ${path}: it needs a name that ends in one of ${tableExtensions}, ` +
      `${arrayExtensions.join(", ")}, found "${extname(path)}". Give another one.`,
  );
}

/** Writes int64 labels [N] to `path`, by the end of its name: an array, a tensor "labels", or a table of rows
 * (from 0), their names where they have some, and clusters. */
export async function writeRowLabels(
  { tensors }: Pick<Engine, "tensors">,
  path: string,
  labels: Tensor | HostArray,
  names?: readonly string[],
): Promise<void> {
  if (extname(path) === ".safetensors") return await tensors.save(path, { labels });
  const values = numbersOf(tensors, labels);
  if (extname(path) === ".npy") {
    return await writeNpy(path, BigInt64Array.from(values, BigInt), [values.length]);
  }
  await writeTable(path, {
    row: Int32Array.from(values, (_, row) => row),
    ...(names && { path: names }),
    cluster: Int32Array.from(values),
  });
}

/** Writes float32 [N, D] to `path`: an npy file, or a tensor of that name. */
export async function writeMatrix(
  { tensors }: Pick<Engine, "tensors">,
  path: string,
  name: string,
  matrix: Tensor | HostArray,
): Promise<void> {
  if (extname(path) === ".safetensors") return await tensors.save(path, { [name]: matrix });
  await writeNpy(path, Float32Array.from(numbersOf(tensors, matrix)), matrix.shape);
}

/** Throws a UserError where a name is none of a file that `writeMatrix` writes. */
export function checkMatrixName(path: string): void {
  if (arrayExtensions.includes(extname(path))) return;
  throw new UserError(
    `Cannot write a matrix to ${path}: it needs a name that ends in one of ` +
      `${arrayExtensions.join(", ")}, found "${extname(path)}". Give another one.`,
  );
}

/** As typed arrays wherever they are held: there may be many. */
function numbersOf(
  tensors: Pick<Engine["tensors"], "toArray">,
  held: Tensor | HostArray,
): Uint8Array | Int32Array | Float32Array | Float64Array {
  if (!("data" in held)) return tensors.toArray(held);
  return held.data instanceof BigInt64Array ? Float64Array.from(held.data, Number) : held.data;
}
