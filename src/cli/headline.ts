/** The line that a run begins with. */
import type { Study } from "../results/study.ts";
import { count } from "../results/count.ts";
import { wrap } from "../report/wrap.ts";
import type { Identity } from "../steps/identity.ts";

/**
 * What runs, on what, and where to; on a terminal, wrapped between words. Where `auto` took float32
 * for want of bfloat16 instructions, it says what that costs: the times are in the README.
 */
export function headline(
  { id, dir, config, resolved }: Pick<Identity, "id" | "dir" | "config" | "resolved">,
  { facts }: Pick<Study, "facts">,
  columns = Infinity,
): string {
  const { device, precision, workers, threads } = resolved;
  const slower = config.precision === "auto" && device === "cpu" && precision === "float32"
    ? " (this CPU lacks bfloat16: about twice the time)"
    : "";
  const asked = [
    ...facts.map(([name, value]) => `${name} ${value}`),
    count(config.seeds.length, "seed"),
  ].join(", ");
  const line = `clusterfit ${id}: ${asked}; ${device}, ${precision}${slower}, ` +
    `${count(workers, "stage")} at once x ${count(threads, "thread")} -> ${dir}`;
  return wrap(line, columns).join("\n");
}
