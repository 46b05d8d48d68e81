import { expect } from "expect";
import {
  checkMeans,
  compareSides,
  isFast,
  loading,
  loadingTable,
} from "../../tasks/bench/loading.ts";
import { ensureSetup } from "../../tasks/setup.ts";

Deno.test("every side reads the pictures, or says why it does not", async () => {
  const said: string[] = [];
  const measured = await loading({
    setup: await ensureSetup(),
    ...{ pairs: 1, pictures: 64, passes: 1, say: (line) => said.push(line) },
  });
  expect(measured).toMatchObject({ bench: "loading", pairs: 1, pictures: 64 });
  expect(said).toHaveLength(7);
  for (const { side, imagesPerSecond, missing } of measured.sides) {
    if (side === "spdl" && imagesPerSecond === null) expect(missing).toMatch(/spdl|SPDL/);
    else expect([missing, imagesPerSecond! > 0]).toEqual([null, true]);
  }
  const table = loadingTable(measured);
  expect(table).toContain("ours, packed");
  expect(table.includes("TOO SLOW")).toBe(!isFast(measured));
});

Deno.test("ours is compared with the best of the others that are there", () => {
  const { sides, ratios } = compareSides(
    { "packed": [90, 110, 100], "files": [40], "loader-0": [20], "loader-2": [50, 50] },
    { spdl: "No module named 'spdl'" },
  );
  expect(ratios).toEqual({ packed: 2, files: 0.8 });
  expect(sides.at(-1))
    .toEqual({ side: "spdl", imagesPerSecond: null, missing: "No module named 'spdl'" });
  const pairs = [[1, 1], [0.99, 2], [2, 0.99]] as const;
  expect(pairs.map(([packed, files]) => isFast({ ratios: { packed, files } })))
    .toEqual([true, false, false]);
});

Deno.test("sides whose crops are not of the same pictures are no comparison", () => {
  checkMeans([127, 128.5, 126]);
  expect(() => checkMeans([127, 0])).toThrow("read different pictures");
});

Deno.test("a Python with SPDL that is not there is named", async () => {
  await expect(loading({
    setup: await ensureSetup(),
    ...{ pairs: 1, pictures: 64, passes: 1, peer: "/nowhere/python", say: () => {} },
  })).rejects.toThrow('--peer needs the Python of an environment with SPDL, got "/nowhere/python"');
});
