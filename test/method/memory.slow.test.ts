import { expect } from "expect";
import { fileURLToPath } from "node:url";

type Peaks = Readonly<Record<"extraction" | "clustering" | "probe", number>>;

async function peaks(rows: number): Promise<Peaks> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--allow-all", "--no-check"],
      ...[fileURLToPath(new URL("memory_child.ts", import.meta.url)), String(rows)],
    ],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

const columns = 512;
const [few, many] = [10_000, 60_000];
/** Of the rows that one has more than the other, MB. */
const copy = (many - few) * columns * 4 / 1e6;

/** Both are many tiles: what fills one, and what the allocator keeps of it, counts in both. */
Deno.test({
  name: "private memory holds no copy of the features: 60,000 rows of 512 take no more than 10,000",
  ignore: Deno.build.os !== "linux", // RssAnon is Linux's
  async fn() {
    const [small, large] = [await peaks(few), await peaks(many)];
    for (const step of ["extraction", "clustering", "probe"] as const) {
      const more = large[step] - small[step];
      expect([step, more, more < copy / 2]).toEqual([step, more, true]);
    }
  },
});
