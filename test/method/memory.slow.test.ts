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

/** Both are many tiles: what fills one, and what the allocator keeps of it, counts in both. A copy of the features
 * would show as 64 MB. */
Deno.test({
  name: "private memory is the same for 10,000 and for 40,000 rows of 512 features, within 10%",
  ignore: Deno.build.os !== "linux", // RssAnon is Linux's
  async fn() {
    const [few, many] = [await peaks(10_000), await peaks(40_000)];
    for (const step of ["extraction", "clustering", "probe"] as const) {
      expect([step, few[step], many[step], many[step] <= 1.1 * few[step]])
        .toEqual([step, few[step], many[step], true]);
    }
  },
});
