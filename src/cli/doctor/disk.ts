/** The disk where the runs are: room, and what it can do; and room where networks and packages are kept. */
import { statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { tryLock } from "../../pipeline/lock.ts";
import { formatBytes } from "../../report/bytes.ts";
import { type Check, type Finding, note, ok, wrong } from "./check.ts";

/** Bytes below which it says so: a run of one seed takes about 90 MB. */
const least = 1e9;

export const disk: Check = {
  name: "disk",
  async run({ out, setup }) {
    const folder = await nearest(resolve(out));
    const free = await freeBytes(folder);
    const says = `${formatBytes(free)} free where runs go (${resolve(out)})`;
    const room = free >= least
      ? ok(says)
      : wrong(says, "Free some, or name another folder with --out: a run takes about 90 MB.");
    const others = [cache, ...(setup ? [setup.venv] : [])];
    return [room, ...await abilities(folder), ...await otherDisks(folder, others)];
  },
};

/** Where set-up and pre-trained networks are kept. */
const cache = fileURLToPath(new URL("../../../.cache", import.meta.url));

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Room on other disks than that of `folder`. */
async function otherDisks(folder: string, others: readonly string[]): Promise<Finding[]> {
  const { dev } = await Deno.stat(folder);
  const findings: Finding[] = [];
  for (const other of others) {
    const there = await nearest(other);
    if ((await Deno.stat(there)).dev === dev) continue;
    const free = await freeBytes(there);
    const says = `${formatBytes(free)} free for ${other}`;
    findings.push(free >= least ? ok(says) : note(says, "Free some before packages are added."));
  }
  return findings;
}

/** The folder, or the nearest one above it that is there. */
async function nearest(folder: string): Promise<string> {
  const there = await Deno.stat(folder).then(({ isDirectory }) => isDirectory, () => false);
  return there || dirname(folder) === folder ? folder : await nearest(dirname(folder));
}

/** What runs need of a disk, tried in a folder of its own that is removed again. */
async function abilities(folder: string): Promise<Finding[]> {
  let dir: string;
  try {
    dir = await Deno.makeTempDir({ dir: folder, prefix: "clusterfit-doctor-" });
  } catch (error) {
    return [
      wrong(
        `it cannot be written: ${(error as Error).message}`,
        "Run in a folder of your own, or name another one with --out.",
      ),
    ];
  }
  try {
    return [await hardLinks(dir), await locks(dir)];
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function hardLinks(dir: string): Promise<Finding> {
  const file = join(dir, "file");
  await Deno.writeTextFile(file, "");
  try {
    await Deno.link(file, join(dir, "link"));
    return ok("hard links work");
  } catch {
    return note("no hard links: artifacts are copied, and take their room once for each run");
  }
}

async function locks(dir: string): Promise<Finding> {
  const path = join(dir, "lock");
  const todo = "Keep runs on a local disk: name one with --out.";
  try {
    using held = await tryLock(path);
    using second = await tryLock(path);
    if (held && !second) return ok("file locks work");
    return wrong("file locks do not hold: two runs could write the same files", todo);
  } catch (error) {
    return wrong(`file locks do not work: ${(error as Error).message}`, todo);
  }
}
