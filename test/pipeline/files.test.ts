import { join } from "node:path";
import { expect } from "expect";
import { hashFile, removeTemporaries, writeFileAtomic } from "../../src/pipeline/files.ts";
import { lockFolder } from "../../src/pipeline/lock.ts";

async function names(dir: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(dir))).map((entry) => entry.name).sort();
}

Deno.test("writeFileAtomic() replaces the content and leaves no temporary file", async () => {
  const dir = await Deno.makeTempDir();
  const path = join(dir, "a.txt");
  await writeFileAtomic(path, "one");
  await writeFileAtomic(path, "two");
  expect(await Deno.readTextFile(path)).toBe("two");
  expect(await names(dir)).toEqual(["a.txt"]);
});

Deno.test("writeFileAtomic() keeps the old content and cleans up when it fails", async () => {
  const dir = await Deno.makeTempDir();
  await Deno.mkdir(join(dir, "target"));
  await Deno.writeTextFile(join(dir, "target", "kept"), "");
  await expect(writeFileAtomic(join(dir, "target"), "data")).rejects.toThrow();
  expect(await names(dir)).toEqual(["target"]);
});

Deno.test("removeTemporaries() sweeps what kills leave half written, and only that", async () => {
  const dir = await Deno.makeTempDir();
  const inner = join(dir, "partial", "seed-0.npre");
  await Deno.mkdir(inner, { recursive: true });
  const temporary = `run.json.${crypto.randomUUID()}.tmp`;
  const kept = ["run.json", "mine.tmp", ".tmp", "notes.12.tmp", `${crypto.randomUUID()}.tmp`];
  for (const at of [dir, inner]) {
    for (const name of [...kept, temporary, ".checkpoint.safetensors.4711.tmp"]) {
      await Deno.writeTextFile(join(at, name), "");
    }
  }
  const outside = await Deno.makeTempDir();
  await Deno.writeTextFile(join(outside, temporary), "");
  await Deno.symlink(outside, join(dir, "elsewhere"));
  await removeTemporaries(dir);
  expect(await names(dir)).toEqual([...kept, "elsewhere", "partial"].sort());
  expect(await names(inner)).toEqual(kept.toSorted());
  expect(await names(outside)).toEqual([temporary]);
});

Deno.test("a process killed while it writes leaves a file that removeTemporaries() knows", async () => {
  const dir = await Deno.makeTempDir();
  const files = new URL("../../src/pipeline/files.ts", import.meta.url).href;
  const writer = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { writeFileAtomic } from "${files}";
       Deno.rename = () => (console.log("written"), new Promise(() => setInterval(() => {}, 1000)));
       await writeFileAtomic("${dir}/a.txt", "half");`,
    ],
    stdout: "piped",
  }).spawn();
  const reader = writer.stdout.getReader();
  await reader.read();
  writer.kill("SIGKILL");
  await writer.status;
  await reader.cancel();
  expect(await names(dir)).toHaveLength(1);
  await removeTemporaries(dir);
  expect(await names(dir)).toEqual([]);
});

Deno.test("hashFile() gives the SHA-256 of known bytes", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, "abc");
  expect(await hashFile(path)).toEqual({
    sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    bytes: 3,
  });
});

Deno.test("lockFolder() refuses a second holder by name until the first lets go", async () => {
  const dir = await Deno.makeTempDir();
  {
    using _held = await lockFolder(dir);
    await expect(lockFolder(dir)).rejects.toThrow(`held by process ${Deno.pid}`);
  }
  using _again = await lockFolder(dir);
});

Deno.test("lockFolder() is freed by the kernel when its process is killed", async () => {
  const dir = await Deno.makeTempDir();
  const lock = new URL("../../src/pipeline/lock.ts", import.meta.url).href;
  const holder = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { lockFolder } from "${lock}";
       const held = await lockFolder("${dir}");
       console.log("held");
       setInterval(() => held, 1000);`,
    ],
    stdout: "piped",
  }).spawn();
  const reader = holder.stdout.getReader();
  await reader.read();
  await expect(lockFolder(dir)).rejects.toThrow(`held by process ${holder.pid}`);
  holder.kill("SIGKILL");
  await holder.status;
  await reader.cancel();
  using _again = await lockFolder(dir);
});
