import { expect } from "expect";
import { overlapNotes, overlapText } from "../../src/report/overlap_notes.ts";
import { resultsTables } from "../../src/report/sections/results_table.ts";
import { textTable } from "../../src/report/text_table.ts";
import type { Summary } from "../../src/results/summary.ts";
import { oneSeed } from "./fixture.ts";

const [first, ...others] = oneSeed.targets;
const plants = { ...first!, title: "Plants", test: 80 };
const labelled = {
  ...oneSeed.study,
  arms: oneSeed.study.arms.map((arm) => ({ ...arm, task: "labels" })),
};
const seen = (number: number): Summary => ({
  ...oneSeed,
  targets: [{ ...plants, seen: number }, ...others],
});

Deno.test("a target whose test pictures were trained on is told, and whether their labels were", () => {
  expect(overlapNotes(seen(12))).toEqual([
    "Plants: 12 of the 80 test pictures were trained on, without their labels.",
  ]);
  expect(overlapText({ ...plants, seen: 1 }, labelled)).toBe(
    "Plants: 1 of the 80 test pictures was trained on, with labels: scores on them say little of other pictures.",
  );
  expect(overlapText({ ...plants, seen: 0 }, labelled)).toBe(
    "Plants: none of the 80 test pictures was trained on.",
  );
});

Deno.test("terminal and report tell it where there is something to tell", () => {
  expect(String(resultsTables(seen(12)))).toContain(
    "Plants: 12 of the 80 test pictures were trained on",
  );
  expect(String(resultsTables(seen(0)))).not.toContain("trained on");
  expect(textTable(seen(12))).toContain("Plants: 12 of the 80 test pictures were trained on");
  expect(textTable(seen(0))).toBe(textTable({ ...oneSeed, targets: [plants, ...others] }));
  expect(overlapNotes(oneSeed)).toEqual([]);
});
