import { expect } from "expect";
import fc from "fast-check";
import { addNoise, noisy } from "../../../src/method/stages/noise.ts";
import { StageRun } from "./stage_run.ts";

const clean = Array.from({ length: 200 }, (_, row) => row % 4);
const changed = (labels: readonly number[]) =>
  labels.flatMap((label, row) => label === clean[row] ? [] : [row]);

Deno.test("noisy() replaces exactly that share, each label by another class", () => {
  fc.assert(fc.property(fc.nat(), fc.integer({ min: 0, max: 100 }), (seed, percent) => {
    const labels = noisy(clean, { classes: 4, percent, seed });
    expect(changed(labels).length).toBe(2 * percent);
    expect(labels.every((label) => label >= 0 && label < 4)).toBe(true);
  }));
});

Deno.test("noisy() draws every other class alike", () => {
  const rows = Array.from({ length: 30_000 }, () => 2);
  const drawn = Map.groupBy(noisy(rows, { classes: 4, percent: 100, seed: 5 }), (label) => label);
  expect([...drawn.keys()].sort()).toEqual([0, 1, 3]);
  for (const { length } of drawn.values()) expect(Math.abs(length - 10_000)).toBeLessThan(300);
});

Deno.test("noisy(): more noise replaces the same rows by the same labels, and others", () => {
  const [some, more] = [25, 75].map((percent) => noisy(clean, { classes: 4, percent, seed: 3 }));
  for (const row of changed(some!)) expect(more![row]).toBe(some![row]);
});

Deno.test("noisy() depends on the seed", () => {
  const [one, two] = [1, 2].map((seed) => noisy(clean, { classes: 4, percent: 50, seed }));
  expect(changed(one!)).not.toEqual(changed(two!));
});

Deno.test("addNoise writes the noisy labels of its seed, row by row, under the same names", async () => {
  await using stage = await StageRun.open();
  const names = ["a", "b", "c", "d"];
  const { files } = await stage.run(
    addNoise,
    { percent: 50, seed: 9, versions: {} },
    { labels: await stage.labels("Hashtags", { names, labels: clean }) },
  );
  expect(files).toEqual(["labels.safetensors", "labels.json"]);
  expect(await stage.values("labels.safetensors", "labels")).toEqual(
    noisy(clean, { classes: 4, percent: 50, seed: 9 }),
  );
  expect(await stage.json("labels.json")).toEqual({
    ...{ title: "Hashtags, 50% noise", kind: "single", rows: 200, classes: 4, names },
  });
});
