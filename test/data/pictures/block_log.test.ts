import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect } from "expect";
import { BlockLog } from "../../../src/data/pictures/block_log.ts";
import type { Indexed, IndexedBlock } from "../../../src/engine/engine.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const pixelsOf = (block: number) => new Uint8Array(100 + block).fill(block);

function blockOf(number: number): IndexedBlock {
  const pixels = pixelsOf(number);
  return {
    pictures: [{ reason: `bad ${number}` }, { reason: "it is empty" }],
    bytes: pixels.length,
    sha256: createHash("sha256").update(pixels).digest("hex"),
  };
}

const picturesOf = (...blocks: number[]) => blocks.flatMap((number) => blockOf(number).pictures);

/** Of a log that is expected to be new. */
const options = (kept: string | null) =>
  ({ kept, unit: "pictures", known() {}, damaged() {} }) as const;

/** A folder with three blocks, and their pixels. */
async function written() {
  const folder = await temporaryFolder();
  const pixels = join(folder.path, "pixels.bin");
  using log = await BlockLog.open(folder.path, options(pixels));
  for (const number of [0, 1, 2]) {
    await Deno.writeFile(pixels, pixelsOf(number), { append: true });
    await log.append(blockOf(number));
  }
  return { folder, pixels, lines: join(folder.path, "blocks.jsonl") };
}

async function reopened(dir: string, pixels: string | null) {
  const [told, pictures]: [string[], Indexed[]] = [[], []];
  using log = await BlockLog.open(dir, {
    ...{ kept: pixels, unit: "pictures" },
    known: (found) => pictures.push(...found),
    damaged: (message) => told.push(message),
  });
  return { pictures, done: log.done, told };
}

Deno.test("a log goes on behind its last block", async () => {
  const { folder, pixels } = await written();
  await using _ = folder;
  const { pictures, done, told } = await reopened(folder.path, pixels);
  expect(pictures).toEqual(picturesOf(0, 1, 2));
  expect(done).toEqual({ blocks: 3, pictures: 6, bytes: 100 + 101 + 102 });
  expect(told).toEqual([]);
});

Deno.test("a line that a kill cut off is no damage: its block is not there", async () => {
  const { folder, pixels, lines } = await written();
  await using _ = folder;
  const text = await Deno.readTextFile(lines);
  await Deno.writeTextFile(lines, text.slice(0, -20));
  const { pictures, told } = await reopened(folder.path, pixels);
  expect(pictures).toEqual(picturesOf(0, 1));
  expect(told).toEqual([]);
});

Deno.test("pixels behind the last block are a kill's, and no damage", async () => {
  const { folder, pixels } = await written();
  await using _ = folder;
  await Deno.writeFile(pixels, new Uint8Array(7), { append: true });
  expect((await reopened(folder.path, pixels)).told).toEqual([]);
});

Deno.test("a damaged line takes the blocks behind it, and that is told once", async () => {
  const { folder, pixels, lines } = await written();
  await using _ = folder;
  const text = await Deno.readTextFile(lines);
  await Deno.writeTextFile(lines, text.replace("bad 1", "bad 7"));
  const { pictures, done, told } = await reopened(folder.path, pixels);
  expect(pictures).toEqual(picturesOf(0));
  expect(told).toEqual([`${lines} is damaged: indexed again from picture 3 on`]);
  using log = await BlockLog.open(folder.path, {
    ...options(pixels),
    damaged: (message) => told.push(message),
  });
  await log.append(blockOf(1));
  expect(log.done.pictures).toBe(done.pictures + 2);
  expect(told.length).toBe(1); // it was mended
});

for (
  const [what, damage] of Object.entries({
    changed: async (path: string) => {
      const bytes = await Deno.readFile(path);
      bytes[150]! ^= 1;
      await Deno.writeFile(path, bytes);
    },
    short: (path: string) => Deno.truncate(path, 180),
  })
) {
  Deno.test(`pixels that are ${what} take the blocks from theirs on, and that is told`, async () => {
    const { folder, pixels } = await written();
    await using _ = folder;
    await damage(pixels);
    const { pictures, told } = await reopened(folder.path, pixels);
    expect(pictures).toEqual(picturesOf(0));
    expect(told).toEqual([`${pixels} is damaged: indexed again from picture 3 on`]);
  });
}

Deno.test("where no pixels are kept none are looked for", async () => {
  const { folder, pixels } = await written();
  await using _ = folder;
  await Deno.remove(pixels);
  expect((await reopened(folder.path, null)).done.blocks).toBe(3);
  expect((await reopened(folder.path, pixels)).done.blocks).toBe(0);
});
