/** Milliseconds this thread was ready to run while others had the CPUs, so far: no fault of ours. Linux
 * alone tells; elsewhere it counts as none. */
export function waitedForCpu(): number {
  if (Deno.build.os !== "linux") return 0;
  return Number(Deno.readTextFileSync("/proc/thread-self/schedstat").split(" ")[1]) / 1e6;
}
