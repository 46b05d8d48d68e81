import { expect } from "expect";
import fc from "fast-check";
import { drawCommonest } from "../../src/data/commonest.ts";

const single = (labels: readonly number[]) => labels.map((label) => [label]);
/** Class 2 three times, 0 twice, 1 and 3 once, 4 never. */
const given = single([2, 0, 2, 1, 2, 0, 3]);
const draw = (labels: number | null, rows: number, seed = 1) =>
  drawCommonest(given, 5, { labels, rows, seed });

Deno.test("drawCommonest() takes rows of the commonest classes, and of equally common ones the lower", () => {
  expect(draw(1, 3)).toEqual({ rows: [0, 2, 4], classes: [2], labels: [0, 0, 0] });
  expect(draw(2, 5)).toEqual({ rows: [0, 1, 2, 4, 5], classes: [0, 2], labels: [1, 0, 1, 1, 0] });
  expect(draw(3, 6)).toMatchObject({ rows: [0, 1, 2, 3, 4, 5], classes: [0, 1, 2] });
});

Deno.test("drawCommonest() takes every class that there is where none are asked for", () => {
  expect(draw(null, 7)).toMatchObject({ rows: [0, 1, 2, 3, 4, 5, 6], classes: [0, 1, 2, 3] });
});

Deno.test("drawCommonest() draws as many rows as asked, each once, and with fewer some of the same", () => {
  const many = single(Array.from({ length: 200 }, (_, row) => row % 7));
  fc.assert(fc.property(fc.nat(), fc.nat({ max: 86 }), (seed, rows) => {
    const drawn = drawCommonest(many, 7, { labels: 3, rows, seed }).rows;
    expect(new Set(drawn).size).toBe(rows);
    expect(drawn.every((row) => many[row]![0]! < 3)).toBe(true);
    expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
    const fewer = drawCommonest(many, 7, { labels: 3, rows: Math.floor(rows / 2), seed }).rows;
    expect(fewer.filter((row) => !drawn.includes(row))).toEqual([]);
  }));
});

Deno.test("drawCommonest() draws every row alike, and others by another seed", () => {
  const times = [0, 0, 0, 0, 0, 0, 0];
  for (let seed = 0; seed < 3000; seed++) {
    for (const row of draw(2, 2, seed).rows) times[row]!++;
  }
  for (const row of [0, 1, 2, 4, 5]) expect(Math.abs(times[row]! - 1200)).toBeLessThan(120);
  expect([times[3], times[6]]).toEqual([0, 0]);
});

Deno.test("drawCommonest() leaves out rows without a label that counts, and draws one of several", () => {
  const several = [[0, 1], [], [1, 2], [3], [2, 0, 1]];
  const drawn = (seed: number) => drawCommonest(several, 4, { labels: 2, rows: 3, seed }); // 1 three times, 0 before 2
  expect(drawn(1)).toMatchObject({ rows: [0, 2, 4], classes: [0, 1] });
  const times = [0, 0, 0];
  for (let seed = 0; seed < 2000; seed++) {
    drawn(seed).labels.forEach((label, at) => times[at]! += label);
  }
  expect(times[1]).toBe(2000); // of the second row, 1 alone counts
  for (const at of [0, 2]) expect(Math.abs(times[at]! - 1000)).toBeLessThan(120);
});

Deno.test("drawCommonest() refuses more labels or rows than there are", () => {
  expect(() => draw(5, 1)).toThrow(
    "Cannot draw images with one of the 5 commonest labels: it needs that many labels, found 4. Ask for fewer.",
  );
  expect(() => draw(2, 6)).toThrow(
    "Cannot draw 6 images with one of the 2 commonest labels: it needs that many, found 5 among 7. Ask for " +
      "fewer, or for more labels.",
  );
  expect(() => draw(null, 8)).toThrow(
    "Cannot draw 8 images with a label: it needs that many, found 7",
  );
});
