import { expect } from "expect";
import { join } from "node:path";
import { writeNpy } from "../../../src/data/matrices/npy.ts";
import { chooseClusters } from "../../../src/steps/choose_clusters.ts";
import { main } from "../../../src/cli/main.ts";

/** Five clouds far apart, forty rows each. */
async function file() {
  const dir = await Deno.makeTempDir();
  const path = join(dir, "x.npy");
  const numbers = Array.from({ length: 200 }, (_, row) => [
    ...Array.from({ length: 5 }, (_, at) => 0.1 * Math.sin(7 * row + at * at) + +(row % 5 === at)),
  ]).flat();
  await writeNpy(path, Float32Array.from(numbers), [200, 5]);
  return { path, [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }) };
}

Deno.test("chooseClusters() finds about as many clouds as there are, without a label", async () => {
  await using x = await file();
  const { k, told, rows } = await chooseClusters(x.path, { k: [80, 2, 5, 10], splits: 4 });
  expect(rows).toBe(200);
  expect(told.map(({ k }) => k)).toEqual([2, 5, 10, 80]);
  expect([5, 10]).toContain(k);
});

for (const k of ["7", "2,101", "2,2", "1,3"]) {
  Deno.test(`clusterfit choose-k says what is wrong with --k ${k}`, async () => {
    await using x = await file();
    const said: string[] = [];
    const log = console.error;
    console.error = (text) => void said.push(text);
    try {
      const args = ["choose-k", "--features", x.path, "--k", k, "--json"];
      expect(await main(args, () => Promise.resolve())).toBe(2);
    } finally {
      console.error = log;
    }
    expect(said.join("\n")).toContain("it needs several different numbers from 2 to 100, half of");
  });
}
