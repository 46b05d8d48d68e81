/** The machine: Deno, memory, and the environment's variables that change how libraries compute. */
import os from "node:os";
import { formatBytes } from "../../report/bytes.ts";
import { type Check, type Finding, note, ok, wrong } from "./check.ts";

/** The Deno that everything is tested with. */
const tested = "2.9";

export const deno: Check = {
  name: "Deno",
  run() {
    const { deno } = Deno.version;
    const says = `${deno} on ${os.type()} ${os.release()}, ${os.arch()}`;
    if (deno.startsWith(`${tested}.`)) return Promise.resolve([ok(says)]);
    return Promise.resolve([note(`${says}; it is tested with ${tested}`)]);
  },
};

/** Bytes below which the default job is in danger: it takes about 1 GB. */
const least = 1.5e9;

export const memory: Check = {
  name: "memory",
  async run() {
    const { total, available } = Deno.systemMemoryInfo();
    const limit = await containerLimit((path) => Deno.readTextFile(path));
    const usable = Math.min(available, limit ?? Infinity);
    const says = `${formatBytes(total)}, ${formatBytes(available)} available` +
      (limit === undefined ? "" : `; this container may use ${formatBytes(limit)}`);
    if (usable >= least) return [ok(says)];
    return [wrong(says, `Free some: the default job takes about ${formatBytes(1e9)}.`)];
  },
};

/** Bytes that the control group of this process may use; undefined where there is no limit. `read` gives the text
 * of a file, or rejects. */
export async function containerLimit(
  read: (path: string) => Promise<string>,
): Promise<number | undefined> {
  const files = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
  for (const file of files) {
    const text = await read(file).catch(() => undefined);
    if (text === undefined) continue;
    const bytes = Number(text.trim());
    // version 1 says "no limit" by a number as large as it can hold
    return Number.isFinite(bytes) && bytes < 2 ** 60 ? bytes : undefined;
  }
  return undefined;
}

/** Those that change how libraries compute or are found. */
const telling =
  /^(OMP|KMP|GOMP|MKL|OPENBLAS|ONEDNN|TORCH|PYTORCH|PYTHON|CUDA|NVIDIA|CLUSTERFIT)_?|^(VIRTUAL_ENV|LD_PRELOAD|LD_LIBRARY_PATH|DYLD_\w+)$/;

export const variables: Check = {
  name: "variables",
  run: () => Promise.resolve(variableFindings(Deno.env.toObject())),
};

/** What the variables of the environment do to a run. */
export function variableFindings(all: Readonly<Record<string, string>>): Finding[] {
  const set = Object.entries(all).filter(([name]) => telling.test(name)).sort();
  const says = set.map(([name, value]) => `${name}=${value}`).join(", ") || "none that matter";
  const duplicates = all["KMP_DUPLICATE_LIB_OK"];
  if (duplicates !== undefined && /^(true|1|yes)$/i.test(duplicates)) {
    return [
      note(says),
      wrong(
        "KMP_DUPLICATE_LIB_OK lets two OpenMP runtimes of one kind share a process, with wrong results",
        "Unset it, and start in the environment that `deno task setup` makes.",
      ),
    ];
  }
  return [ok(says)];
}
