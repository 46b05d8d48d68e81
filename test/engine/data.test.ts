/** Pictures through the engine: indexed, packed or not, read through a view. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect } from "expect";
import sharp from "sharp";
import {
  type Engine,
  EngineError,
  type IndexedPicture,
  type Piece,
  startEngine,
} from "../../src/engine/mod.ts";

let engine: Engine;
let folder: string;
let pieces: Piece[];

/** Width, height and colour of each picture. */
const pictures = [[20, 30, 40], [50, 25, 200], [24, 24, 90]] as const;
const decoding = { side: 24, interpolation: "bilinear" } as const;
const view = { size: 8, clips: 1, frames: null };

Deno.test.beforeAll(async () => {
  engine = await startEngine();
  folder = await Deno.makeTempDir();
  pieces = [];
  for (const [at, [width, height, red]] of pictures.entries()) {
    const file = join(folder, `${at}.png`);
    const background = { r: red, g: 0, b: 7 };
    await sharp({ create: { width, height, channels: 3, background } }).png().toFile(file);
    pieces.push({ file, range: null, seconds: null });
  }
});

Deno.test.afterAll(() => Deno.remove(folder, { recursive: true }));

async function indexed(pixels: { path: string; start: number } | null): Promise<IndexedPicture[]> {
  const told: number[] = [];
  const options = { ...decoding, pixels };
  const block = await engine.data.index(pieces, options, { onProgress: (done) => told.push(done) });
  expect(told.at(-1)).toBe(3);
  return block.pictures.map((one) => {
    if ("reason" in one) throw new Error(one.reason);
    return one;
  });
}

const int64 = (values: readonly number[]) => ({
  data: BigInt64Array.from(values, BigInt),
  shape: [values.length],
});

Deno.test("an index says what is in each picture, and why another is bad", async () => {
  const [first] = await indexed(null);
  const bytes = await Deno.readFile(pieces[0]!.file);
  expect(first).toEqual({
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    format: "PNG",
    ...{ width: 20, height: 30, storedWidth: 20, storedHeight: 30 },
    note: "",
  });
  const gone = { ...pieces[0]!, file: join(folder, "gone.png") };
  const { pictures } = await engine.data.index([gone], { ...decoding, pixels: null });
  expect(pictures).toEqual([{ reason: "it cannot be read: No such file or directory" }]);
});

Deno.test("packed or read from its file, a row is the same through a view", async () => {
  const path = join(folder, "pixels.bin");
  const found = await indexed({ path, start: 0 });
  const areas = found.map(({ storedWidth, storedHeight }) => 3 * storedWidth * storedHeight);
  const shared = {
    heights: int64(found.map(({ storedHeight }) => storedHeight)),
    widths: int64(found.map(({ storedWidth }) => storedWidth)),
  };
  const letters = pieces.map(({ file }) => new TextEncoder().encode(file));
  const ends = letters.map((_, at) => letters.slice(0, at + 1).flatMap((path) => [...path]).length);
  await engine.tensors.save(join(folder, "shapes"), {
    offsets: int64([0, areas[0]!, areas[0]! + areas[1]!]),
    ...shared,
  });
  await engine.tensors.save(join(folder, "places"), {
    paths: { data: Uint8Array.from(letters.flatMap((path) => [...path])), shape: [ends.at(-1)!] },
    ends: int64(ends),
    files: int64([0, 1, 2]),
    offsets: int64([-1, -1, -1]),
    lengths: int64(found.map(({ bytes }) => bytes)),
    digests: {
      data: Uint8Array.fromHex(found.map(({ sha256 }) => sha256).join("")),
      shape: [3, 32],
    },
    ...shared,
  });
  using shapes = await engine.tensors.load(join(folder, "shapes"));
  using places = await engine.tensors.load(join(folder, "places"));
  using packed = engine.data.pixels(path, shapes);
  using files = engine.data.files(places, decoding);
  expect([packed.rows, files.rows]).toEqual([3, 3]);
  for (const source of [packed, files]) {
    using read = await engine.data.read(source, [2, 0, 1], view);
    expect([read.shape, read.dtype]).toEqual([[3, 8, 8, 3], "uint8"]);
    const values = engine.tensors.toArray(read);
    expect([0, 192, 384].map((at) => values[at])).toEqual([90, 40, 200]);
  }
  await Deno.writeFile(pieces[1]!.file, await Deno.readFile(pieces[0]!.file));
  const error = await engine.data.read(files, [1], view).catch((error) => error);
  expect(error).toBeInstanceOf(EngineError);
  expect(error.message).toContain(`Cannot read ${pieces[1]!.file}: it needs the picture that was`);
  using _ = await engine.data.read(files, [0], view);
});
