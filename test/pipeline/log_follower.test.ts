import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "expect";
import { type LogFile, LogFollower } from "../../src/pipeline/log_follower.ts";

interface Counted extends LogFile {
  readonly path: string;
  opened: number;
  /** Bytes. */
  read: number;
}

/** A log in a folder of its own, with what is read of it counted. */
async function countedLog(text = ""): Promise<Counted> {
  const path = join(await Deno.makeTempDir(), "log.jsonl");
  await Deno.writeTextFile(path, text);
  const log: Counted = {
    path,
    opened: 0,
    read: 0,
    async version() {
      const stat = await Deno.stat(path).catch(() => undefined);
      if (!stat) return undefined;
      return { dev: stat.dev, ino: stat.ino!, size: stat.size, mtime: stat.mtime!.getTime() };
    },
    async open() {
      log.opened++;
      const file = await open(path, "r");
      const read = file.read.bind(file) as (...args: unknown[]) => Promise<{ bytesRead: number }>;
      const counted = async (...args: unknown[]) => {
        const answer = await read(...args);
        log.read += answer.bytesRead;
        return answer;
      };
      return Object.assign(file, { read: counted });
    },
  };
  return log;
}

/** Follows a log of numbers. */
function follow(log: LogFile) {
  const taken = { lines: [] as number[], parsed: 0, restarts: 0 };
  const follower = new LogFollower<number>(log, {
    parse(value) {
      taken.parsed++;
      if (typeof value !== "number") throw new TypeError("no number");
      return value;
    },
    take: (line) => void taken.lines.push(line),
    restart() {
      taken.lines = [];
      taken.restarts++;
    },
  });
  return { taken, follower };
}

const append = (path: string, data: string | Uint8Array) =>
  Deno.writeFile(path, typeof data === "string" ? new TextEncoder().encode(data) : data, {
    append: true,
  });

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `${from + at}\n`).join("");

Deno.test("LogFollower takes whole lines, and the rest of a torn one when it is there", async () => {
  const log = await countedLog("1\n2\n3");
  const { taken, follower } = follow(log);
  expect(await follower.look()).toBe(true);
  expect(taken.lines).toEqual([1, 2]);
  await append(log.path, "4\n5");
  await follower.look();
  expect(taken.lines).toEqual([1, 2, 34]);
  expect(taken).toMatchObject({ parsed: 3, restarts: 0 });
});

Deno.test("the cost of a look follows what is new: nothing is opened for nothing, and one line costs one line", async () => {
  const log = await countedLog(numbers(0, 200_000));
  const { taken, follower } = follow(log);
  await follower.look();
  expect(taken.lines.length).toBe(200_000);
  const size = (await Deno.stat(log.path)).size;
  expect(log.read).toBeLessThan(size + 4096);
  log.opened = log.read = taken.parsed = 0;
  for (let look = 0; look < 5; look++) expect(await follower.look()).toBe(false);
  expect([log.opened, log.read, taken.parsed]).toEqual([0, 0, 0]);
  await append(log.path, "7\n");
  expect(await follower.look()).toBe(true);
  expect([log.opened, taken.parsed]).toEqual([1, 1]);
  expect(log.read).toBeLessThan(4096);
  expect(taken.lines.at(-1)).toBe(7);
});

/** A log in memory: its reads are ready at once, as those of a cached file may be. */
function logInMemory(text: string): LogFile {
  const bytes = new TextEncoder().encode(text);
  const handle = {
    stat: () => Promise.resolve({ dev: 1, ino: 1, size: bytes.length, mtimeMs: 0 }),
    read(buffer: Uint8Array, offset: number, length: number, position: number) {
      const piece = bytes.subarray(position, position + length);
      buffer.set(piece, offset);
      return Promise.resolve({ bytesRead: piece.length });
    },
    close: () => Promise.resolve(),
  };
  return {
    version: () => Promise.resolve({ dev: 1, ino: 1, size: bytes.length, mtime: 0 }),
    open: () => Promise.resolve(handle as unknown as FileHandle),
  };
}

Deno.test("the event loop goes on while a large log is read", async () => {
  const { taken, follower } = follow(logInMemory(numbers(0, 700_000)));
  const turns = new Set<number>();
  const timer = setInterval(() => turns.add(taken.lines.length), 0);
  await follower.look();
  clearInterval(timer);
  expect(taken.lines.length).toBe(700_000);
  expect([...turns].filter((lines) => lines < 700_000).length).toBeGreaterThan(5);
});

Deno.test("lines that are no JSON, no UTF-8 or no line of the log are left out and counted", async () => {
  const log = await countedLog("1\n{\n2\n");
  await append(log.path, new Uint8Array([0x22, 0xff, 0x22, 10])); // "\xff" is no UTF-8
  await append(log.path, '"text"\n\n3\n');
  const { taken, follower } = follow(log);
  await follower.look();
  expect(taken.lines).toEqual([1, 2, 3]);
  expect(follower.skipped).toBe(3);
});

Deno.test("characters and lines that two pieces share are read whole", async () => {
  const path = join(await Deno.makeTempDir(), "log.jsonl");
  const texts = Array.from({ length: 3000 }, (_, at) => "ä€😀".repeat(at % 37));
  await Deno.writeTextFile(path, texts.map((text) => `${JSON.stringify(text)}\n`).join(""));
  const taken: string[] = [];
  const log = await countedLog();
  log.open = () => open(path, "r");
  const follower = new LogFollower<string>(log, {
    parse: String,
    take: (line) => void taken.push(line),
    restart() {},
  });
  await follower.look();
  expect(taken).toEqual(texts);
  expect(follower.skipped).toBe(0);
});

Deno.test("a line without end is a damaged one, read once and not held in memory", async () => {
  const log = await countedLog("1\n");
  await append(log.path, "x".repeat(3_000_000));
  const { taken, follower } = follow(log);
  await follower.look();
  log.read = 0;
  await append(log.path, "x".repeat(1000));
  await follower.look();
  expect(log.read).toBeLessThan(100_000);
  await append(log.path, "\n2\n");
  await follower.look();
  expect(taken.lines).toEqual([1, 2]);
  expect(follower.skipped).toBe(1);
});

Deno.test("a log that was cut, replaced or removed is read anew", async () => {
  const log = await countedLog(numbers(0, 10));
  const { taken, follower } = follow(log);
  await follower.look();

  await Deno.writeTextFile(log.path, "1\n2\n"); // shorter, the same file
  await follower.look();
  expect([taken.lines, taken.restarts]).toEqual([[1, 2], 1]);

  await Deno.writeTextFile(`${log.path}.new`, "3\n4\n5\n"); // longer, another file
  await Deno.rename(`${log.path}.new`, log.path);
  await follower.look();
  expect([taken.lines, taken.restarts]).toEqual([[3, 4, 5], 2]);

  await Deno.writeTextFile(log.path, "6\n7\n8\n9\n"); // longer, the same file, other bytes
  await follower.look();
  expect([taken.lines, taken.restarts]).toEqual([[6, 7, 8, 9], 3]);

  await Deno.writeTextFile(log.path, "6\n0\n8\n9\n"); // as long, one byte changed
  await Deno.utime(log.path, new Date(), new Date(Date.now() + 1000));
  await follower.look();
  expect([taken.lines, taken.restarts]).toEqual([[6, 0, 8, 9], 4]);

  await Deno.writeTextFile(log.path, numbers(0, 5000)); // far before the end, one byte changed
  await follower.look();
  await Deno.writeTextFile(log.path, numbers(0, 5000).replace("5", "6"));
  await Deno.utime(log.path, new Date(), new Date(Date.now() + 2000));
  await follower.look();
  expect([taken.lines[5], taken.restarts]).toEqual([6, 6]);

  await Deno.remove(log.path);
  expect(await follower.look()).toBe(true);
  expect([taken.lines, taken.restarts]).toEqual([[], 7]);
  expect(await follower.look()).toBe(false);
});

Deno.test("a torn line that is dropped when the run goes on is no line, and what comes then is", async () => {
  const log = await countedLog('1\n2\n{"torn');
  const { taken, follower } = follow(log);
  await follower.look();
  await Deno.truncate(log.path, 4);
  await append(log.path, "3\n4\n5\n6\n7\n8\n");
  await follower.look();
  expect(taken.lines).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(follower.skipped).toBe(0);
});

Deno.test("a look that failed is made up for by the next one", async () => {
  const log = await countedLog("1\n");
  const { taken, follower } = follow(log);
  const { open } = log;
  log.open = () => Promise.reject(new Error("out of files"));
  await expect(follower.look()).rejects.toThrow("out of files");
  log.open = open;
  await follower.look();
  expect(taken.lines).toEqual([1]);
});
