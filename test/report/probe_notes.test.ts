import { expect } from "expect";
import { probeNotes } from "../../src/report/probe_notes.ts";
import { scores } from "../results/summaries.ts";

const bySgd = (...values: number[]) =>
  scores("npre", {}, "t", values).map((one, at) => ({
    ...{ ...one, probe: "sgd" },
    chosen: { name: "learning rate", by: "on validation rows", values: [values[at]!] },
  }));

Deno.test("the note names the probe and the range of what was chosen, to two digits", () => {
  expect(probeNotes(bySgd(0.1, 0.0312, 3))).toEqual([
    "Probes by SGD: learning rate 0.031 to 3, chosen on validation rows.",
  ]);
  expect(probeNotes(bySgd(0.1, 0.1))).toEqual([
    "Probes by SGD: learning rate 0.1, chosen on validation rows.",
  ]);
});

Deno.test("there is a note for each kind of probe, and none for logistic regressions", () => {
  expect(probeNotes(scores("npre", {}, "t", [1, 2]))).toEqual([]);
  const others = bySgd(1).map((one) => ({ ...one, probe: "own" }));
  expect(probeNotes([...bySgd(1), ...scores("npre", {}, "t", [1]), ...others])).toHaveLength(2);
});
