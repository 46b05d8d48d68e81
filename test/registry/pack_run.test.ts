/** A run as one archive, and back. */
import { gunzipSync, gzipSync } from "node:zlib";
import { buffer } from "node:stream/consumers";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect } from "expect";
import { type Header, pack } from "tar-stream";
import { lockFolder } from "../../src/pipeline/lock.ts";
import { seal } from "../../src/pipeline/sealed.ts";
import { filesBelow } from "../../src/registry/files_below.ts";
import { packRun } from "../../src/registry/pack_run.ts";
import { RunFiles } from "../../src/registry/run_files.ts";
import { Runs } from "../../src/registry/runs.ts";
import { unpackRun } from "../../src/registry/unpack_run.ts";
import { verifyRun } from "../../src/registry/verify_run.ts";
import { execute } from "../pipeline/execute.ts";
import { witness } from "../pipeline/toy.ts";
import { temporaryFolder } from "../temporary_folder.ts";
import { flip } from "./flip.ts";
import { killedAt } from "./killed.ts";

/** Name -> content of every file of a run but its lock. */
async function contents(dir: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { path, name } of filesBelow(dir)) {
    if (name !== "lock") found[name] = await Deno.readTextFile(path);
  }
  return found;
}

/** What of `out` would be shown, and what is left aside. */
async function left(out: string): Promise<{ shown: string[]; aside: string[] }> {
  const aside = await Array.fromAsync(Deno.readDir(join(out, ".temporary"))).catch(() => []);
  return { shown: await new RunFiles(out).folders(), aside: aside.map(({ name }) => name) };
}

async function packed(out: string) {
  const { dir } = await execute(join(out, "runs"), "one");
  const file = join(out, "one.tar.gz");
  await packRun(dir, file);
  return { dir, file, others: join(out, "others") };
}

Deno.test("a run is the same after packing and unpacking, without its objects, and can go on there", async () => {
  await using folder = await temporaryFolder();
  const { dir, file, others } = await packed(folder.path);
  const progress: number[] = [];
  const run = await unpackRun(file, others, {
    progress: ({ done, total }) => progress.push(done / total),
  });
  expect(run.dir).toBe(join(others, "one"));
  expect(await contents(run.dir)).toEqual(await contents(dir));
  expect(await verifyRun(run.dir)).toEqual([]);
  expect(await left(others)).toEqual({ shown: ["one"], aside: [] });
  expect(progress.every((share, at) => share <= 1 && share >= (progress[at - 1] ?? 0))).toBe(true);
  expect((await new Runs(new RunFiles(others)).glance("one"))?.state).toBe("finished");
  const seen = witness();
  await execute(others, "one", seen);
  expect(seen.ran).toEqual([]);
});

Deno.test("the same run gives the same bytes, whenever and wherever it is packed", async () => {
  await using folder = await temporaryFolder();
  const { dir, file, others } = await packed(folder.path);
  for await (const { path } of filesBelow(dir)) {
    await Deno.utime(path, new Date(1e12), new Date(1e12));
    await Deno.chmod(path, 0o600);
  }
  const again = join(folder.path, "again.tar.gz");
  await packRun(dir, again);
  expect(await Deno.readFile(again)).toEqual(await Deno.readFile(file));
  const elsewhere = join(folder.path, "elsewhere.tar.gz");
  await packRun((await unpackRun(file, others)).dir, elsewhere);
  expect(await Deno.readFile(elsewhere)).toEqual(await Deno.readFile(file));
});

Deno.test("only regular files are packed, and the others are named", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path, "one");
  await Deno.symlink("/etc/hostname", join(dir, "link"));
  await Deno.writeTextFile(join(dir, "notes.md"), "mine");
  const long = `${"long".repeat(40)}.txt`;
  await Deno.writeTextFile(join(dir, long), "");
  await Deno.mkdir(join(dir, "linking/first"), { recursive: true });
  await Deno.writeTextFile(join(dir, "linking/first/number.txt"), "1");
  await Deno.mkdir(join(dir, "companions"));
  await Deno.writeTextFile(join(dir, "companions/serve.log"), "an address that logs in");
  const file = join(folder.path, "one.tar.gz");
  expect((await packRun(dir, file)).left).toEqual(["link"]);
  const run = await unpackRun(file, join(folder.path, "others"));
  expect(
    Object.keys(await contents(run.dir)).filter((name) => /link|notes|long|companions/.test(name)),
  )
    .toEqual([long, "notes.md"]);
});

Deno.test("a run at work, or a damaged one, is not packed, and no file is overwritten", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(folder.path, "one");
  const file = join(folder.path, "one.tar.gz");
  {
    using _held = await lockFolder(dir);
    await expect(packRun(dir, file)).rejects.toThrow(
      `Cannot pack the run in ${dir}: it needs the folder's lock`,
    );
  }
  await packRun(dir, file);
  await expect(packRun(dir, file)).rejects.toThrow("found something there");
  await expect(packRun(dir, join(folder.path, "missing/one"))).rejects.toThrow(
    "found none. Make it",
  );
  await flip(join(dir, "page.txt"));
  const damaged = packRun(dir, join(folder.path, "damaged.tar.gz"));
  await expect(damaged).rejects.toThrow("page.txt changed since the run wrote it");
  const files = await Array.fromAsync(Deno.readDir(folder.path), ({ name }) => name);
  expect(files.sort()).toEqual(["objects", "one", "one.tar.gz"]);
});

/** Deno.open, whose files refuse to be written as a full disk does. */
function fullDisk(matches: (path: string) => boolean): Disposable {
  const real = Deno.open;
  Deno.open = async (path, options) => {
    const file = await real(path, options);
    if (!options?.write || !matches(String(path))) return file;
    return Object.assign(file, {
      write: () =>
        Promise.reject(
          Object.assign(new Error("No space left on device (os error 28)"), { code: "ENOSPC" }),
        ),
    });
  };
  return { [Symbol.dispose]: () => void (Deno.open = real) };
}

Deno.test("a full disk is told as such, and leaves neither half an archive nor half a run", async () => {
  await using folder = await temporaryFolder();
  const { dir, file, others } = await packed(folder.path);
  {
    using _full = fullDisk((path) => path.endsWith(".tmp"));
    await expect(packRun(dir, join(folder.path, "full.tar.gz"))).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(
        /^Cannot pack the run in .*: No space left .* Free some disk space/,
      ),
    });
  }
  const files = await Array.fromAsync(Deno.readDir(folder.path), ({ name }) => name);
  expect(files.sort()).toEqual(["one.tar.gz", "runs"]);
  {
    using _full = fullDisk((path) => path.endsWith("number.txt"));
    await expect(unpackRun(file, others)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(/^Cannot unpack .*: No space left .* Free some disk space/),
    });
  }
  expect(await left(others)).toEqual({ shown: [], aside: [] });
});

Deno.test("a run that is there already stays as it is", async () => {
  await using folder = await temporaryFolder();
  const { dir, file } = await packed(folder.path);
  await Deno.writeTextFile(join(dir, "mine.txt"), "mine");
  await expect(unpackRun(file, join(folder.path, "runs"))).rejects.toThrow(
    "found a run or something else there",
  );
  expect(await Deno.readTextFile(join(dir, "mine.txt"))).toBe("mine");
  expect((await left(join(folder.path, "runs"))).shown).toEqual(["objects", "one"]);
});

Deno.test("an archive with any byte changed, or cut anywhere, is refused, and nothing of it is left", async () => {
  await using folder = await temporaryFolder();
  const { file, others } = await packed(folder.path);
  const good = await Deno.readFile(file);
  const bad = join(folder.path, "bad.tar.gz");
  const places = Array.from({ length: 24 }, (_, at) => Math.floor(at * good.length / 24));
  for (const at of places) {
    const flipped = good.slice();
    flipped[at] = flipped[at]! ^ 0x10;
    for (const bytes of [flipped, good.subarray(0, at)]) {
      await Deno.writeFile(bad, bytes);
      const outcome = await unpackRun(bad, others).then(() => "unpacked", (error) => error);
      if (outcome === "unpacked") { // gzip's own header says what nobody reads: its time, its system
        expect(at).toBeLessThan(10);
        await Deno.remove(join(others, "one"), { recursive: true });
      } else {
        expect(outcome).toMatchObject({
          name: "UserError",
          message: expect.stringContaining(
            "it needs an archive as `clusterfit pack` wrote it, found that",
          ),
        });
      }
      expect(await left(others)).toEqual({ shown: [], aside: [] });
    }
  }
});

interface Put extends Partial<Header> {
  readonly name: string;
  readonly text?: string;
}

/** An archive with these entries. */
async function archive(path: string, entries: readonly Put[]): Promise<void> {
  const tar = pack();
  const bytes = buffer(tar as AsyncIterable<Uint8Array>);
  for (const { text = "", ...header } of entries) tar.entry(header, text);
  tar.finalize();
  await Deno.writeFile(path, gzipSync(await bytes));
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** A head that announces these files, and with `more` says other things too. */
function head(names: readonly (readonly [name: string, text: string])[], more = {}): Put {
  const files = names.map(([name, text]) => ({ name, bytes: text.length, sha256: sha256(text) }));
  return {
    name: "one/archive.json",
    text: JSON.stringify(seal({ schema: 1, run: "one", files, ...more })),
  };
}

const hostile: readonly [name: string, entries: readonly Put[], said: string][] = [
  [
    "a name that leads out",
    [head([["../evil.txt", "x"]]), { name: "one/../evil.txt", text: "x" }],
    "no path of a file",
  ],
  [
    "an absolute name",
    [head([["/tmp/evil.txt", "x"]]), { name: "/tmp/evil.txt", text: "x" }],
    "no path of a file",
  ],
  ["a folder that leads out", [head([["a/../../evil.txt", "x"]])], "no path of a file"],
  ["a backslash in a name", [head([["..\\evil.txt", "x"]])], "no path of a file"],
  ["a name for the lock", [head([["lock", "x"]])], "no path of a file"],
  ["a name with an escape", [head([["a\u001b[2J", "x"]])], "no path of a file"],
  [
    "another file than announced",
    [head([["a", "x"]]), { name: "one/b", text: "x" }],
    '"one/b" with 1 bytes where it says a with 1',
  ],
  [
    "a longer file than announced",
    [head([["a", "x"]]), { name: "one/a", text: "xy" }],
    "with 2 bytes where it says a with 1",
  ],
  [
    "another content than announced",
    [head([["a", "x"]]), { name: "one/a", text: "y" }],
    "another SHA-256",
  ],
  ["a symbolic link", [head([["a", ""]]), {
    name: "one/a",
    type: "symlink",
    linkname: "/etc/passwd",
  }], "it holds a symlink"],
  [
    "a hard link",
    [head([["a", ""]]), { name: "one/a", type: "link", linkname: "/etc/passwd" }],
    "it holds a link",
  ],
  ["a folder", [head([]), { name: "one/a", type: "directory" }], "it holds a directory"],
  [
    "a device",
    [head([["a", ""]]), { name: "one/a", type: "character-device" }],
    "it holds a character-device",
  ],
  [
    "a file that is not announced",
    [head([]), { name: "one/a", text: "x" }],
    "where it says that it ends",
  ],
  ["a file twice", [head([["a", "x"], ["a", "x"]])], "not in the order"],
  ["a file that is also a folder", [head([["a", ""], ["a/b", ""]]), { name: "one/a" }, {
    name: "one/a/b",
  }], "both a file and a folder"],
  ["no head", [{ name: "one/run.json", text: "{}" }], 'it begins with "one/run.json"'],
  ["nothing", [], "it is empty"],
  [
    "a head without its checksum",
    [{ name: "one/archive.json", text: "{}" }],
    "archive.json in it is damaged",
  ],
  ["a head of another run", [head([], { run: "two" })], "is of two"],
  ["a run with a hidden name", [{
    ...head([], { run: ".temporary" }),
    name: ".temporary/archive.json",
  }], "no name of a run"],
  ["a run named as the objects", [{
    ...head([], { run: "objects" }),
    name: "objects/archive.json",
  }], "no name of a run"],
  [
    "a run named to lead out",
    [{ ...head([], { run: ".." }), name: "../archive.json" }],
    "no name of a run",
  ],
  ["no run", [head([["a", "x"]]), { name: "one/a", text: "x" }], "run.json is missing"],
];

for (const [name, entries, said] of hostile) {
  Deno.test(`an archive with ${name} is refused, and nothing of it is left`, async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, "bad.tar.gz");
    await archive(file, entries);
    const out = join(folder.path, "runs");
    await expect(unpackRun(file, out)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(said),
    });
    expect(await left(out)).toEqual({ shown: [], aside: [] });
    expect((await Array.fromAsync(Deno.readDir(folder.path), ({ name }) => name)).sort())
      .toEqual(["bad.tar.gz", "runs"].slice(0, await Deno.stat(out).then(() => 2, () => 1)));
  });
}

Deno.test("more zeros than an archive announces are not read to their end, and a disk without room is said before", async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "bad.tar.gz");
  await archive(file, [head([["a", "x"]]), { name: "one/a", text: "x" }]);
  const tar = gunzipSync(await Deno.readFile(file));
  const long = new Uint8Array(100e6);
  long.set(tar);
  await Deno.writeFile(file, gzipSync(long, { level: 1 }));
  await expect(unpackRun(file, folder.path)).rejects.toThrow("it holds more than it says");
  const files = [{ name: "a", bytes: 2 ** 52, sha256: sha256("") }];
  await archive(file, [head([], { files })]);
  await expect(unpackRun(file, folder.path)).rejects.toThrow(
    /it needs [\d.]+ GB on the disk, found/,
  );
});

Deno.test("a run that its own manifests do not bear out is refused, though the archive is whole", async () => {
  await using folder = await temporaryFolder();
  const { dir } = await execute(join(folder.path, "runs"), "one");
  await flip(join(dir, "artifacts/first/number.txt"));
  const found = Object.entries(await contents(dir)).sort(([a], [b]) => a < b ? -1 : 1);
  const file = join(folder.path, "bad.tar.gz");
  await archive(file, [
    head(found),
    ...found.map(([name, text]) => ({ name: `one/${name}`, text })),
  ]);
  await expect(unpackRun(file, join(folder.path, "others"))).rejects
    .toThrow("artifacts/first/number.txt is damaged: it has SHA-256");
});

Deno.test("what is no archive, or is not there, is the user's to know", async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "text.txt");
  await Deno.writeTextFile(file, "some text");
  await expect(unpackRun(file, folder.path)).rejects.toThrow("incorrect header check");
  await Deno.writeFile(file, gzipSync("some text".repeat(1000)));
  await expect(unpackRun(file, folder.path)).rejects.toThrow("Invalid tar header");
  await expect(unpackRun(join(folder.path, "none"), folder.path)).rejects.toMatchObject({
    name: "UserError",
  });
  await expect(unpackRun(folder.path, folder.path)).rejects.toMatchObject({ name: "UserError" });
});

Deno.test("an abort stops packing and unpacking with its reason, and leaves nothing", async () => {
  await using folder = await temporaryFolder();
  const { dir, file, others } = await packed(folder.path);
  const stopping = () => {
    const stop = new AbortController();
    return { signal: stop.signal, progress: () => stop.abort(new Error("stopped")) };
  };
  await expect(packRun(dir, join(folder.path, "two.tar.gz"), stopping())).rejects.toThrow(
    "stopped",
  );
  await expect(unpackRun(file, others, stopping())).rejects.toThrow("stopped");
  expect(await left(others)).toEqual({ shown: [], aside: [] });
  const files = await Array.fromAsync(Deno.readDir(folder.path), ({ name }) => name);
  expect(files.sort()).toEqual(["one.tar.gz", "others", "runs"]);
});

for (
  const [of, nth, shown] of [["open", 4, []], ["rename", 1, []], ["rename", 2, ["one"]]] as const
) {
  Deno.test(`killed at ${of} ${nth}, ${shown.length > 0 ? "the whole run" : "nothing"} of what is unpacked is shown`, async () => {
    await using folder = await temporaryFolder();
    const { file, others } = await packed(folder.path);
    const body = `
      const { unpackRun } = await import(src + "/registry/unpack_run.ts");
      await unpackRun(${JSON.stringify(file)}, ${JSON.stringify(others)});
    `;
    expect(await killedAt({ of, nth, body })).toBe(shown.length === 0);
    expect((await left(others)).shown).toEqual(shown);
    if (shown.length === 0) await unpackRun(file, others);
    expect(await verifyRun(join(others, "one"))).toEqual([]);
  });
}
