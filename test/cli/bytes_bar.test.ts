import { expect } from "expect";
import { bytesBar } from "../../src/cli/bytes_bar.ts";
import type { Output } from "../../src/cli/output.ts";

/** Where nothing can be drawn; `lines` is what was told. */
function recorded() {
  const lines: string[] = [];
  const stream = {} as Output["stream"];
  const line = (text: string) => void lines.push(text);
  return { output: { live: false, stream, line, result: () => {} }, lines };
}

Deno.test("where nothing can be drawn, progress in bytes is a line every five seconds after the first", () => {
  let now = 0;
  const { output, lines } = recorded();
  const { progress } = bytesBar(output, "Verify", () => now);
  for (const [at, done] of [[500, 1e8], [1000, 2e8], [3000, 6e8], [6000, 12e8]]) {
    now = at!;
    progress({ done: done!, total: 20e8, unit: "bytes" });
  }
  expect(lines).toEqual([
    "Verify  ██░░░░░░░░░░░░░░░░░░  10%  9.0 s left  200 MB/s  of 2.0 GB",
    "Verify  ████████████░░░░░░░░  60%  4.0 s left  200 MB/s  of 2.0 GB",
  ]);
});

Deno.test("the time left follows a change of speed", () => {
  let now = 0;
  const { output, lines } = recorded();
  const { progress } = bytesBar(output, "Pack", () => now);
  for (let seconds = 1; seconds <= 40; seconds++) {
    now = seconds * 1000;
    const done = seconds <= 10 ? 100e6 * seconds : 1e9 + 10e6 * (seconds - 10);
    progress({ done, total: 2e9, unit: "bytes" });
  }
  expect(lines[1]).toContain("100 MB/s");
  expect(lines.at(-1)).toMatch(/ 1[0-3] MB\/s/);
});
