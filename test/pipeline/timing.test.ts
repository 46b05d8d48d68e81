import { expect } from "expect";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { stageSeconds, wallSeconds } from "../../src/pipeline/timing.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22) + seconds * 1000).toISOString();

/** Stopped after 10 s, gone on with an hour later, finished after another 5 s. */
const stoppedOnce: RunEvent[] = [
  { t: at(0), type: "run-started" },
  { t: at(1), type: "finished", node: "a", seconds: 1 },
  { t: at(10), type: "run-stopped" },
  { t: at(3600), type: "run-started" },
  { t: at(3604), type: "finished", node: "b", seconds: 4 },
  { t: at(3605), type: "run-finished" },
];

Deno.test("wallSeconds() leaves out the time when no process was at work", () => {
  expect(wallSeconds(stoppedOnce)).toBe(15);
  expect(wallSeconds([])).toBe(0);
});

Deno.test("stageSeconds() sums the finished attempts of each node", () => {
  const again: RunEvent = { t: at(4000), type: "finished", node: "a", seconds: 2 };
  expect([...stageSeconds([...stoppedOnce, again])]).toEqual([["a", 3], ["b", 4]]);
});
