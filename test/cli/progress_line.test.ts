import { expect } from "expect";
import { progressLine } from "../../src/cli/progress_line.ts";

Deno.test("progress is a line every two seconds", () => {
  let now = 0;
  const lines: string[] = [];
  const tell = progressLine({ line: (text) => lines.push(text) }, "Index", () => now);
  for (const [at, done] of [[0, 1], [1999, 900], [2000, 1200], [3000, 1500], [4500, 1800]]) {
    now = at!;
    tell({ done: done!, total: 2000, unit: "pictures" });
  }
  expect(lines).toEqual(["Index  1,200 of 2,000 pictures", "Index  1,800 of 2,000 pictures"]);
});
