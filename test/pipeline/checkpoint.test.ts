import { join } from "node:path";
import { expect } from "expect";
import { Checkpoints } from "../../src/pipeline/checkpoint.ts";

const key = "a".repeat(64);
const parse = (place: unknown) => place as { readonly epoch: number };

async function folder() {
  const dir = await Deno.makeTempDir();
  const told: string[] = [];
  return {
    dir,
    told,
    open: (of = key) => Checkpoints.open(dir, of, parse, (message) => void told.push(message)),
    names: async () => (await Array.fromAsync(Deno.readDir(dir))).map(({ name }) => name).sort(),
  };
}

/** Saves checkpoints 1 to `count`; the state of number n is the text `state n`. */
async function save(checkpoints: Checkpoints<{ readonly epoch: number }>, count: number) {
  for (let epoch = 1; epoch <= count; epoch++) {
    await checkpoints.save({ epoch }, (path) => Deno.writeTextFile(path, `state ${epoch}`));
  }
}

Deno.test("Checkpoints give the newest one again, and keep it and the one before", async () => {
  const { open, told, names, dir } = await folder();
  const fresh = await open();
  expect(fresh.newest()).toBeUndefined();
  await save(fresh, 4);
  const newest = (await open()).newest();
  expect(newest).toEqual({ path: join(dir, "checkpoint-4.safetensors"), place: { epoch: 4 } });
  expect(await Deno.readTextFile(newest!.path)).toBe("state 4");
  expect(await names()).toEqual([
    "checkpoint-3.safetensors",
    "checkpoint-4.safetensors",
    "checkpoint.json",
  ]);
  expect(told).toEqual([]);
});

Deno.test("a process killed between the state and its record goes on from the checkpoint before", async () => {
  const { open, told, dir } = await folder();
  await save(await open(), 2);
  await Deno.writeTextFile(join(dir, "checkpoint-3.safetensors"), "half a st");
  const again = await open();
  expect(again.newest()?.place).toEqual({ epoch: 2 });
  expect(told).toEqual([]);
  await again.save({ epoch: 3 }, (path) => Deno.writeTextFile(path, "state 3"));
  expect(await Deno.readTextFile((await open()).newest()!.path)).toBe("state 3");
});

Deno.test("Checkpoints.save() that fails to write keeps what was there", async () => {
  const { open } = await folder();
  const checkpoints = await open();
  await save(checkpoints, 1);
  await expect(checkpoints.save({ epoch: 2 }, () => Promise.reject(new Error("full")))).rejects
    .toThrow("full");
  expect((await open()).newest()?.place).toEqual({ epoch: 1 });
});

const harm: readonly [name: string, file: string, bytes: (old: Uint8Array) => Uint8Array][] = [
  ["one bit flipped", "checkpoint-2.safetensors", (old) => old.with(3, old[3]! ^ 4)],
  ["cut short", "checkpoint-2.safetensors", (old) => old.slice(0, 4)],
  ["emptied", "checkpoint-2.safetensors", () => new Uint8Array()],
];

for (const [name, file, bytes] of harm) {
  Deno.test(`a checkpoint ${name} is told, and the one before is taken`, async () => {
    const { open, told, dir } = await folder();
    await save(await open(), 2);
    const path = join(dir, file);
    await Deno.writeFile(path, bytes(await Deno.readFile(path)));
    expect((await open()).newest()?.place).toEqual({ epoch: 1 });
    expect(told).toEqual([expect.stringMatching(
      /checkpoint-2\.safetensors is damaged: .*: goes on from checkpoint-1\.safetensors$/,
    )]);
  });
}

Deno.test("where no checkpoint is good the stage starts again, told once", async () => {
  const { open, told, dir } = await folder();
  await save(await open(), 2);
  for (const number of [1, 2]) {
    await Deno.writeTextFile(join(dir, `checkpoint-${number}.safetensors`), "?");
  }
  expect((await open()).newest()).toBeUndefined();
  expect(told).toEqual([expect.stringMatching(/starts again from the beginning$/)]);
});

Deno.test("a damaged record, or one of another artifact, is told and not taken", async () => {
  const { open, told, dir } = await folder();
  await save(await open(), 1);
  expect((await open("b".repeat(64))).newest()).toBeUndefined();
  const path = join(dir, "checkpoint.json");
  await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace('"epoch":1', '"epoch":9'));
  expect((await open()).newest()).toBeUndefined();
  expect(told).toEqual([
    expect.stringContaining("it belongs to another artifact"),
    expect.stringMatching(/checkpoint\.json is damaged: its checksum .*starts again/),
  ]);
});
