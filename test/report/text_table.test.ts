import { expect } from "expect";
import fc from "fast-check";
import { networks } from "../../src/method/summary.ts";
import { textTable } from "../../src/report/text_table.ts";
import { doubtful, oneSeed, scores, seeds, summary, targets } from "./fixture.ts";

Deno.test("textTable() of three seeds", () => {
  expect(`\n${textTable(summary)}\n`).toBe(`
                               Npre    Npre 2x        Ncf       gain      vs 2x
Names in held-out icon    45.5 ±1.3  47.4 ±0.9  49.6 ±0.4  +4.1 ±0.9  +2.2 ±0.5
  families
Names never seen          38.2 ±0.8  40.9 ±0.7  39.1 ±0.6  +0.9 ±0.2  −1.8 ±0.1
Emoji identity,           41.8 ±1.4  44.5 ±1.0  48.8 ±1.6  +7.0 ±0.2  +4.3 ±0.6
  held-out vendor
Emoji category (mAP)      45.4 ±1.3  46.1 ±1.1  47.2 ±1.1  +1.8 ±0.2  +1.1 ±2.2

Last layer, percent; gain = Ncf - Npre, vs 2x = Ncf - Npre 2x; n = 3 seeds
± is the sample standard deviation over seeds; a gain's is paired by seed.
`);
});

Deno.test("textTable() marks the scores of probes that did not converge, and no others", () => {
  const lines = textTable(doubtful).split("\n");
  expect(lines[1]).toBe(textTable(summary).split("\n")[1]);
  expect(lines[3]).toBe(
    "Names never seen          38.2 ±0.8  40.9†±0.7  39.1 ±0.6  +0.9 ±0.2  −1.8 ±0.1",
  );
  expect(lines[4]).toContain("41.8†±1.4  44.5 ±1.0  48.8†±1.6  +7.0 ±0.2");
  expect(lines.at(-1)).toBe(
    "† a probe did not converge in 251 to 253 evaluations: its score may be off.",
  );
  expect(textTable(summary)).not.toContain("†");
});

Deno.test("textTable() of one seed shows no spread and says why", () => {
  const text = textTable(oneSeed);
  expect(text).not.toContain("±");
  expect(text).toContain("n = 1 seed\nOne seed: no spread, and differences under about 1.5 points");
});

Deno.test("textTable() fits 80 columns whatever the scores and titles", () => {
  const word = fc.stringMatching(/^[a-z]{1,20}$/);
  const title = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
  const three = fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.nat(9))
    .map(([mean, spread]) => scores(mean, spread));
  fc.assert(fc.property(title, three, three, three, (title, npre, npre2x, ncf) => {
    const notConverged = networks.map((network) => ({ network, seed: 7, evaluations: 251 }));
    const target = { ...targets[3]!, title, scores: { npre, npre2x, ncf }, notConverged };
    const widths = textTable({ seeds, targets: [target] }).split("\n").map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  }));
});
