import { expect } from "expect";
import { isFlat, type Memory, memoryTable, peaks } from "../../tasks/bench/memory.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";

const at = (ms: number) => new Date(1_000_000 + ms).toISOString();
const started = (node: string, ms: number): RunEvent => ({
  ...{ type: "started", node, key: "", resumed: false },
  t: at(ms),
});
const finished = (node: string, ms: number): RunEvent => ({
  ...{ type: "finished", node, seconds: 0 },
  t: at(ms),
});
const samples = [[5, 90], [15, 10], [25, 20], [35, 5], [45, 70]]
  .map(([ms, bytes]) => ({ at: 1_000_000 + ms!, bytes: bytes! }));

Deno.test("a stage's peak is that of the samples while it ran, the most of all of its kind", () => {
  const events = [started("a", 10), finished("a", 30), started("b", 32), finished("b", 40)];
  expect(peaks(samples, events, (node) => node)).toEqual({ a: 20, b: 5 });
  expect(peaks(samples, events, () => "train")).toEqual({ train: 20 });
});

Deno.test("a stage too short for a sample has no peak", () => {
  expect(peaks(samples, [started("a", 16), finished("a", 17)], (node) => node)).toEqual({});
});

Deno.test("memory is flat where every stage is within the limit, and something was measured", () => {
  const stage = (name: string, within: boolean) => ({
    ...{ stage: name, small: 100, large: within ? 109 : 111, within },
  });
  const of = (...stages: Memory["stages"]): Memory => ({
    ...{ bench: "memory", pictures: [2000, 20_000], stages },
  });
  expect(isFlat(of(stage("a", true)))).toBe(true);
  expect(isFlat(of(stage("a", true), stage("b", false)))).toBe(false);
  expect(isFlat(of())).toBe(false);
  expect(memoryTable(of(stage("b", false)))).toContain("MORE");
});
