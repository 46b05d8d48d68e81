/** What the process of a run and the GPUs of this machine use, as the system tells it. Where it does not, as on
 * another system than Linux or without a driver, there is nothing, quietly. */
import { z } from "zod";

/** What a process of this machine uses. */
export interface ProcessUse {
  readonly pid: number;
  /** Bytes of main memory that it holds. */
  readonly memory: number;
  /** Seconds of CPU time so far, over all of its threads. */
  readonly cpuSeconds: number;
  /** CPUs that it kept busy since it was looked at before; null at the first look. */
  readonly cpus: number | null;
  /** Bytes from and to the disk so far; null where that may not be asked. */
  readonly disk: { readonly read: number; readonly written: number } | null;
}

const bytes = z.coerce.number().transform((mebibytes) => mebibytes * 2 ** 20).nullable().catch(
  null,
);

const gpuSchema = z.object({
  index: z.coerce.number().int(),
  name: z.string().min(1),
  /** Percent of the time in which it computed. */
  utilization: z.coerce.number().nullable().catch(null),
  memoryUsed: bytes,
  memoryTotal: bytes,
});

/** What its driver says of a GPU; null where that is nothing. Memory is bytes. */
export type Gpu = z.infer<typeof gpuSchema>;

export interface GpuUse {
  readonly gpus: readonly Gpu[];
  /** Bytes of their memory by the process that holds them. */
  readonly processes: ReadonlyMap<number, number>;
}

/** How the system is asked. */
export interface Probes {
  /** The text of a file; rejects where there is none. */
  readonly text: (path: string) => Promise<string>;
  /** What a command prints; rejects where there is none, or it fails. */
  readonly output: (command: string, args: readonly string[]) => Promise<string>;
  /** Milliseconds. */
  readonly now: () => number;
}

const system: Probes = {
  text: (path) => Deno.readTextFile(path),
  async output(command, args) {
    const signal = AbortSignal.timeout(4000);
    const asked = new Deno.Command(command, { args: [...args], stderr: "null", signal });
    const { success, stdout } = await asked.output();
    if (!success) throw new Error(`${command} failed`);
    return new TextDecoder().decode(stdout);
  },
  now: () => performance.now(),
};

/** Milliseconds in which the GPUs are asked once at most. */
const gpuPause = 5000;
/** Milliseconds in which a process is looked at once at most. */
const processPause = 1000;
/** In which Linux counts CPU time: parts of a second. */
const ticks = 100;
/** Processes that are remembered. */
const remembered = 256;

export class Resources {
  readonly #probes: Probes;
  readonly #seen = new Map<number, { readonly at: number; readonly use: ProcessUse }>();
  #gpus?: { readonly at: number; readonly found: Promise<GpuUse> };

  constructor(probes: Partial<Probes> = {}) {
    this.#probes = { ...system, ...probes };
  }

  /** Of the process with that id; null where there is none, or the system tells nothing of it. */
  async process(pid: number): Promise<ProcessUse | null> {
    const at = this.#probes.now();
    const before = this.#seen.get(pid);
    if (before && at - before.at < processPause) return before.use;
    const use = await this.#look(pid).catch(() => undefined);
    this.#seen.delete(pid);
    if (!use) return null;
    const seconds = before ? use.cpuSeconds - before.use.cpuSeconds : -1;
    const cpus = before && seconds >= 0 ? seconds / ((at - before.at) / 1000) : null;
    const now = { ...use, cpus };
    this.#seen.set(pid, { at, use: now });
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > remembered) this.#seen.delete(oldest!);
    return now;
  }

  /** Those of this machine, asked of the driver's `nvidia-smi`; none where there is no such command. */
  gpus(): Promise<GpuUse> {
    const at = this.#probes.now();
    if (!this.#gpus || at - this.#gpus.at >= gpuPause) {
      this.#gpus = { at, found: this.#askGpus().catch(() => noGpu) };
    }
    return this.#gpus.found;
  }

  async #look(pid: number): Promise<Omit<ProcessUse, "cpus"> | undefined> {
    const file = (name: string) => this.#probes.text(`/proc/${pid}/${name}`);
    const [status, stat, io] = await Promise.all([
      file("status"),
      file("stat"),
      file("io").catch(() => ""),
    ]);
    const number = (text: string, pattern: RegExp) => {
      const [, digits] = text.match(pattern) ?? [];
      return digits === undefined ? undefined : Number(digits);
    };
    const kilobytes = number(status, /^VmRSS:\s+(\d+) kB$/m);
    // The name in parentheses may hold spaces; user and system time are the 12th and 13th field behind it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticks;
    if (kilobytes === undefined || !Number.isFinite(cpuSeconds)) return undefined;
    const [read, written] = [/^read_bytes: (\d+)$/m, /^write_bytes: (\d+)$/m]
      .map((pattern) => number(io, pattern));
    const disk = read !== undefined && written !== undefined ? { read, written } : null;
    return { pid, memory: kilobytes * 1024, cpuSeconds, disk };
  }

  async #askGpus(): Promise<GpuUse> {
    const ask = async (what: string, fields: readonly string[]) => {
      const args = [`--query-${what}=${fields.join(",")}`, "--format=csv,noheader,nounits"];
      const text = await this.#probes.output("nvidia-smi", args);
      return text.trim().split("\n").filter((line) => line !== "").map((line) => line.split(", "));
    };
    const devices = await ask("gpu", [
      ...["index", "name", "utilization.gpu", "memory.used", "memory.total"],
    ]);
    const gpus = devices.flatMap(([index, name, utilization, memoryUsed, memoryTotal]) => {
      const gpu = gpuSchema.safeParse({ index, name, utilization, memoryUsed, memoryTotal });
      return gpu.success ? [gpu.data] : [];
    });
    const processes = new Map<number, number>();
    for (const [id, mebibytes] of await ask("compute-apps", ["pid", "used_memory"])) {
      const [pid, held] = [Number(id), Number(mebibytes) * 2 ** 20];
      if (held > 0) processes.set(pid, (processes.get(pid) ?? 0) + held);
    }
    return { gpus, processes };
  }
}

const noGpu: GpuUse = { gpus: [], processes: new Map() };

/** The id of the process that holds a lock, from the text of its file; undefined where that is no such id. */
export function holderOf(lock: string | undefined): number | undefined {
  const [, pid] = lock?.match(/^([1-9]\d{0,9})\n?$/) ?? [];
  return pid === undefined ? undefined : Number(pid);
}
