import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect } from "expect";
import { Blocks } from "../../src/pipeline/blocks.ts";

const key = "a".repeat(64);

/** A folder with the blocks "<n> of a", "<n> of b", two rows each, in the files a and b. */
async function folder(count: number) {
  const dir = await Deno.makeTempDir();
  const told: string[] = [];
  const open = (of = key) => Blocks.open(dir, "blocks.json", of, (message) => told.push(message));
  const blocks = await open();
  for (let n = 0; n < count; n++) await blocks.add(2, await append(dir, n));
  return {
    ...{ dir, told, open },
    rows: async (of?: string) => (await open(of)).rows,
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}

async function append(dir: string, n: number) {
  const written: Record<string, { bytes: number; sha256: string }> = {};
  for (const file of ["a", "b"]) {
    const text = `${n} of ${file}`;
    await Deno.writeTextFile(join(dir, file), text, { append: true });
    const sha256 = createHash("sha256").update(text).digest("hex");
    written[file] = { bytes: text.length, sha256 };
  }
  return written;
}

Deno.test("Blocks that were added are there for the next attempt", async () => {
  await using there = await folder(3);
  expect(await there.rows()).toBe(6);
  const again = await there.open();
  await again.add(1, await append(there.dir, 3));
  expect(await there.rows()).toBe(7);
  expect(there.told).toEqual([]);
});

Deno.test("nothing is there at first", async () => {
  await using there = await folder(0);
  expect(await there.rows()).toBe(0);
  expect(there.told).toEqual([]);
});

Deno.test("what was written and not yet added is not there, and nothing is damaged by it", async () => {
  await using there = await folder(2);
  await Deno.writeTextFile(join(there.dir, "b"), "half a bl", { append: true });
  expect(await there.rows()).toBe(4);
  expect(there.told).toEqual([]);
});

Deno.test("Blocks behind a damaged one are not there, which is told", async () => {
  await using there = await folder(3);
  const path = join(there.dir, "b");
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text.replace("1 of b", "1 or b"));
  expect(await there.rows()).toBe(2);
  expect(there.told).toEqual([`${path} is damaged: goes on behind block 1 of 3`]);
});

Deno.test("Blocks of which a file is cut short or gone are not there", async () => {
  await using there = await folder(3);
  await Deno.truncate(join(there.dir, "a"), 13);
  expect(await there.rows()).toBe(4);
  await Deno.remove(join(there.dir, "a"));
  expect(await there.rows()).toBe(0);
  expect(there.told.at(-1)).toContain("goes on behind block 0 of 3");
});

Deno.test("a record that is damaged, or another artifact's, is not taken, which is told", async () => {
  await using there = await folder(3);
  expect(await there.rows("b".repeat(64))).toBe(0);
  expect(there.told.at(-1)).toMatch(/belongs to another artifact, a+: starts again from the beg/);
  const path = join(there.dir, "blocks.json");
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text.replace(`"rows":2`, `"rows":3`));
  expect(await there.rows()).toBe(0);
  expect(there.told.at(-1)).toContain("its checksum is");
});
