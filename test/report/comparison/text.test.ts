import { expect } from "expect";
import { compareRuns } from "../../../src/report/comparison/compare_runs.ts";
import { comparisonText } from "../../../src/report/comparison/text.ts";
import { noisySummary, oneSeed, summary } from "../fixture.ts";
import { openRunOf, recordOf, runOf } from "./runs.ts";

const text = (...runs: Parameters<typeof compareRuns>[0]) => comparisonText(compareRuns(runs));

const raised = {
  ...summary,
  measurements: summary.measurements.map((one) =>
    one.arm === "ncf" ? { ...one, value: one.value + 3 } : one
  ),
};

Deno.test("the runs, what differs, the scores with their gains and what they mean, in that order", () => {
  const first = runOf(summary, {
    name: "first",
    record: recordOf({ k: [20], epochs: 24 }, { asked: { k: 20 }, title: "One" }),
  });
  const second = runOf(raised, {
    ...{ name: "second", attempts: [{ versions: {}, hardware: { cpus: 4 } }] },
    record: recordOf({ k: [500], epochs: 24 }, { title: "Two" }),
  });
  const shown = text({ ...first, attempts: [{ versions: {}, hardware: { cpus: 2 } }] }, second);
  const parts = shown.split("\n\n");
  expect(parts[0]).toContain(
    "A  first\n   finished · 0 of 0 stages · 2026-01-02 03:04 UTC\n   One ·",
  );
  expect(parts[0]).toContain("\nB  second\n");
  expect(parts[1]).toBe("Config   A              B\nk       20  500 (default)");
  expect(parts[2]).toBe("Hardware  A  B\ncpus      2  4");
  expect(parts[3]).toContain("                                    A          B      B − A\n");
  expect(parts[3]).toContain("Names in held-out icon families\n");
  expect(parts[3]).toMatch(/\n {2}Ncf {23}49\.6 ±0\.4 {2}52\.6 ±0\.4 {2}\+3\.0 ±0\.0 {5}higher\n/);
  expect(parts[3]).toContain("Emoji category (mAP)\n");
  expect(parts[4]).toContain("Emoji category: 1,261 test rows, majority baseline 26.4.");
  expect(parts[5]).toMatch(
    /^B scores higher than A by more than the spread over 3 seeds in 4 of 12/,
  );
});

Deno.test("no line is wider than 80 characters, also with eight runs, long values and many points", () => {
  const long = Array.from({ length: 40 }, (_, at) => at / 7);
  const runs = Array.from({ length: 8 }, (_, at) =>
    runOf(at % 2 === 0 ? summary : noisySummary, {
      name: `run-${at}`,
      record: recordOf({ costs: [...long, at], k: [at] }, { asked: { k: at } }),
    }));
  const shown = text(...runs);
  const lines = shown.split("\n");
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines).toContain("costs");
  expect(shown).toMatch(/\nConfig +A +B.*\nk +0 +1 +2/);
  expect(shown).toMatch(/\n {2}Ncf, K 1,600, .*\n {4}label noise 0%\n/);
  expect(lines.some((line) => /^ {2}H {2}0, 0\.14/.test(line))).toBe(true);
});

Deno.test("equal configs are said to be; a key that a run lacks is a dash", () => {
  expect(text(runOf(summary), runOf(summary))).toContain("\n\nThe configs are equal.\n\n");
  const added = text(runOf(summary), runOf(summary, { record: recordOf({ k: 1 }) }));
  expect(added).toContain("Config  A            B\nk       -  1 (default)");
});

Deno.test("one seed has no spread, and that is said; what was not measured is a dash", () => {
  const one = text(runOf(oneSeed), runOf(oneSeed));
  expect(one).toContain(
    "One seed: no spread, and differences under about 1.5 points mean nothing.",
  );
  expect(text(runOf(oneSeed), openRunOf(oneSeed))).toMatch(/\n {2}Npre +45\.5 +–\n/);
});

Deno.test("test sets that differ are told for each run; a probe that did not converge is marked", () => {
  const other = {
    ...summary,
    targets: summary.targets.map((target) => ({ ...target, test: 20 })),
    measurements: summary.measurements.map((one) => ({ ...one, converged: false })),
  };
  const shown = text(runOf(summary), runOf(other));
  expect(shown).toContain("Names never seen, A: 4,310 test rows, majority baseline 0.6.");
  expect(shown).toMatch(
    /Names never seen, B: 20 test rows, majority baseline 0\.6; differences up to/,
  );
  expect(shown).toContain("39.1†±0.6");
  expect(shown).toContain("† a probe did not converge");
});

Deno.test("what would move the cursor or change colours is shown as a mark", () => {
  const title = "\u001b[2Jgone\u202e\u0007";
  const shown = text(runOf(summary, { record: recordOf({}, { title }) }), runOf(summary));
  expect(shown).toContain("\ufffd[2Jgone\ufffd\ufffd");
  for (const mark of ["\u0007", "\u001b", "\u202e"]) expect(shown).not.toContain(mark);
});
