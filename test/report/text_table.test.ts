import { expect } from "expect";
import fc from "fast-check";
import { textTable } from "../../src/report/text_table.ts";
import { arm, axis, featureSummary, scores, summaryOf, target } from "../results/summaries.ts";
import { doubtful, noisySummary, oneSeed, summary } from "./fixture.ts";

Deno.test("textTable() of three seeds", () => {
  expect(`\n${textTable(summary)}\n`).toBe(`
                               Npre    Npre 2x        Ncf    vs Npre vs Npre 2x
Names in held-out icon    45.5 ±1.3  47.4 ±0.9  49.6 ±0.4  +4.1 ±0.9  +2.2 ±0.5
  families
Names never seen          38.2 ±0.8  40.9 ±0.7  39.1 ±0.6  +0.9 ±0.2  −1.8 ±0.1
Emoji identity,           41.8 ±1.4  44.5 ±1.0  48.8 ±1.6  +7.0 ±0.2  +4.3 ±0.6
  held-out vendor
Emoji category (mAP)      45.4 ±1.3  46.1 ±1.1  47.2 ±1.1  +1.8 ±0.2  +1.1 ±2.2

Last layer, percent; vs X = Ncf - X; n = 3 seeds
± is the sample standard deviation over seeds; a gain's is paired by seed.
Names in held-out icon families: 3,105 test rows, majority baseline 1.9.
Names never seen: 4,310 test rows, majority baseline 0.6.
Emoji identity, held-out vendor: 1,261 test rows, majority baseline 0.1.
Emoji category: 1,261 test rows, majority baseline 26.4.
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

Deno.test("textTable() has a line for each point below its target", () => {
  const lines = textTable(noisySummary).split("\n");
  expect(lines[1]).toBe("Names in held-out icon families");
  expect(lines.slice(2, 4)).toEqual([
    " label noise 0%, K 100     58.0 ±0.6  58.5 ±0.6  53.0 ±0.6  −5.5 ±0.0       lost",
    " label noise 0%, K 400     58.0 ±0.6  58.5 ±0.6  54.5 ±0.6  −4.0 ±0.0       lost",
  ]);
  expect(lines.find((line) => line.includes("75%, K 1,600")))
    .toBe(" label noise 75%, K 1,600  40.0 ±0.6  44.3 ±0.6  49.3 ±0.8  +5.0 ±0.0        won");
  expect(lines.join(" ")).toContain("vs best = Ncf - the best of Npre and Distilled; n = 3 seeds");
});

Deno.test("textTable() of many arms puts what does not fit in a block below", () => {
  const arms = [
    ...["a", "b", "c"].map((id) => arm(id, "control")),
    arm("d", "candidate"),
  ];
  const measurements = arms.flatMap(({ id }, at) => scores(id, {}, "t", [40 + at, 41 + at]));
  const lines = textTable(summaryOf({ arms, seeds: 2, measurements })).split("\n");
  expect(lines.slice(0, 5)).toEqual([
    "                                  A          B          C          D       vs A",
    "Target t                  40.5 ±0.7  41.5 ±0.7  42.5 ±0.7  43.5 ±0.7  +3.0 ±0.0",
    "",
    "                               vs B       vs C",
    "Target t                  +2.0 ±0.0  +1.0 ±0.0",
  ]);
});

Deno.test("textTable() has a dash where nothing was measured, and scores alone where there is no candidate", () => {
  const arms = [arm("a", "teacher"), arm("b", "control")];
  const measurements = scores("a", {}, "t", [40, 42, 44]);
  const text = textTable(summaryOf({ arms, measurements }));
  expect(text).toContain("Target t                  42.0 ±2.0          –\n");
  expect(text).not.toContain("vs");
});

Deno.test("textTable() says what was chosen for probes by SGD, and nothing of logistic ones", () => {
  const arms = [arm("a", "teacher")];
  const chosen = { name: "learning rate", by: "on validation rows", values: [0.3] };
  const logistic = scores("a", {}, "t", [40]);
  const bySgd = logistic.map((one) => ({ ...one, probe: "sgd", chosen }));
  expect(textTable(summaryOf({ arms, measurements: bySgd }))).toContain(
    "\nProbes by SGD: learning rate 0.3, chosen on validation rows.",
  );
  expect(textTable(summaryOf({ arms, measurements: logistic }))).not.toContain("chosen");
});

Deno.test("textTable() fits 80 columns whatever the arms, points, scores and titles", () => {
  const word = fc.stringMatching(/^[a-z]{1,20}$/);
  const title = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
  const role = fc.constantFrom("teacher", "control", "candidate");
  const arms = fc.array(fc.tuple(role, fc.stringMatching(/^[a-z]{1,30}$/)), {
    minLength: 1,
    maxLength: 8,
  });
  const value = fc.double({ min: 0, max: 100, noNaN: true });
  const noises = fc.constantFrom<number[]>([0], [0, 50]);
  fc.assert(fc.property(arms, title, noises, value, value, (arms, title, noises, one, other) => {
    const facts = arms.map(([role, title], at) => ({ ...arm(`arm-${at}`, role, "noise"), title }));
    const measurements = facts.flatMap(({ id }) =>
      noises.flatMap((noise) => scores(id, { noise }, "t", [one, other]))
    ).map((score) => ({ ...score, converged: false }));
    const text = textTable(summaryOf({
      ...{ arms: facts, axes: [axis("noise", noises, "%")], seeds: 2, measurements },
      targets: [{ ...target("t"), title }],
    }));
    const widths = text.split("\n").map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  }));
});

Deno.test("textTable() has the measures of features below, where there are any", () => {
  const lines = textTable(featureSummary).split("\n");
  const from = lines.indexOf("Features, without labels:");
  expect(lines.slice(from + 1, from + 5)).toEqual([
    "                                      T          C",
    "Effective rank                40.0 ±1.0  60.0 ±0.0",
    "Neighbours shared with T              –  51.0 ±1.0",
    "",
  ]);
  expect(lines.every(({ length }) => length <= 80)).toBe(true);
  expect(textTable(summary)).not.toContain("without labels");
});
