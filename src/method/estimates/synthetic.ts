/** Made-up tensors of the right shapes, to measure with. */
import { join } from "node:path";
import type { HostArray, TensorFile } from "../../engine/engine.ts";
import type { OpenSource } from "../source.ts";
import type { Estimating } from "./estimator.ts";

/** Tensors held by Python; dispose the file. */
export async function tensorsOf(
  { engine, dir }: Pick<Estimating, "engine" | "dir">,
  tensors: Readonly<Record<string, HostArray>>,
): Promise<TensorFile> {
  const path = join(dir, `${crypto.randomUUID()}.safetensors`);
  await engine.tensors.save(path, tensors);
  return await engine.tensors.load(path);
}

/** Rows of square images in memory, every one another; of clips, where they have frames. */
export async function packed(
  known: Pick<Estimating, "engine" | "dir">,
  rows: number,
  side: number,
  frames?: number,
): Promise<OpenSource> {
  const draw = drawing();
  const shape = [rows, ...(frames === undefined ? [] : [frames]), side, side, 3];
  const length = shape.reduce((product, size) => product * size);
  const data = Uint8Array.from({ length }, () => 256 * draw());
  using parts = new DisposableStack();
  const file = parts.use(
    await tensorsOf(known, { images: { data, shape } }),
  );
  const { clips, packed } = known.engine.data;
  const source = parts.use((frames === undefined ? packed : clips)(file.get("images")));
  const kept = parts.move();
  return { source, [Symbol.dispose]: () => kept.dispose() };
}

/** int64 [rows]: each class about equally often, and at least once where there are as many rows. */
export function labelsOf(rows: number, classes: number): HostArray {
  return {
    data: BigInt64Array.from({ length: rows }, (_, row) => BigInt(row % classes)),
    shape: [rows],
  };
}

/** float32 [rows, dimensions]: rows of one class (row % classes) lie about a centre of their own. */
export function featuresOf(rows: number, dimensions: number, classes: number): HostArray {
  const draw = drawing();
  const centres = Float32Array.from({ length: classes * dimensions }, draw);
  const data = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    const centre = (row % classes) * dimensions;
    for (let at = 0; at < dimensions; at++) {
      data[row * dimensions + at] = centres[centre + at]! + 2 * draw();
    }
  }
  return { data, shape: [rows, dimensions] };
}

/** Numbers in [0, 1), the same each time: the mulberry32 generator. */
function drawing(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Wall seconds of `work`. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
