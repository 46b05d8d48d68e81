/**
 * A time limit for a process and those below it, counted only while the machine lets them go on: on a
 * machine that others keep busy it lasts as much longer as their work does.
 */

/**
 * Calls `end` once `pid` has had `seconds` in which no thread of it, or of a process below it, was kept
 * waiting for a CPU. Linux tells how long threads wait; elsewhere the time of day counts.
 */
export function limitTime(pid: number, seconds: number, end: () => void): Disposable {
  let left = seconds;
  let [at, waited] = [performance.now(), cpuWaits(pid)];
  const timer = setInterval(() => {
    const [now, waits] = [performance.now(), cpuWaits(pid)];
    left -= timeHad((now - at) / 1000, waited, waits);
    [at, waited] = [now, waits];
    if (left > 0) return;
    clearInterval(timer);
    end();
  }, Math.min(2, seconds) * 1000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Seconds of `elapsed` that are left without those in which the longest waiting thread waited. */
export function timeHad(elapsed: number, before: CpuWaits, after: CpuWaits): number {
  const waits = after.entries().map(([thread, seconds]) => seconds - (before.get(thread) ?? 0));
  return Math.max(0, elapsed - Math.max(0, ...waits));
}

/** Thread id -> seconds that the thread was ready to run and others had the CPUs. */
export type CpuWaits = ReadonlyMap<string, number>;

/** Of each thread of `pid` and of the processes below it; none where that cannot be told. */
export function cpuWaits(pid: number): CpuWaits {
  const found = new Map<string, number>();
  const processes = [`${pid}`];
  for (const process of processes) {
    for (const thread of threads(process)) {
      const [, nanoseconds] = words(`/proc/${process}/task/${thread}/schedstat`);
      if (nanoseconds !== undefined) found.set(thread, Number(nanoseconds) / 1e9);
      processes.push(...words(`/proc/${process}/task/${thread}/children`));
    }
  }
  return found;
}

function threads(process: string): string[] {
  try {
    return [...Deno.readDirSync(`/proc/${process}/task`)].map(({ name }) => name);
  } catch {
    return []; // it has ended, or this is not Linux
  }
}

function words(file: string): string[] {
  try {
    return Deno.readTextFileSync(file).trim().split(" ").filter((word) => word !== "");
  } catch {
    return [];
  }
}
