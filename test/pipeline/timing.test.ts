import { expect } from "expect";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { stageSeconds, wallSeconds } from "../../src/pipeline/timing.ts";
import { runFinished, runStarted, someKey } from "./events.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22) + seconds * 1000).toISOString();

/** Stopped after 10 s, gone on with an hour later, finished after another 5 s. */
const stoppedOnce: RunEvent[] = [
  { t: at(0), ...runStarted },
  { t: at(1), type: "finished", node: "a", seconds: 1 },
  { t: at(10), type: "run-stopped" },
  { t: at(3600), ...runStarted },
  { t: at(3604), type: "finished", node: "b", seconds: 4 },
  { t: at(3605), ...runFinished },
];

Deno.test("wallSeconds() leaves out the time when no process was at work", () => {
  expect(wallSeconds(stoppedOnce)).toBe(15);
  expect(wallSeconds([])).toBe(0);
});

Deno.test("stageSeconds() sums the attempts of each node", () => {
  const again: RunEvent = { t: at(4000), type: "finished", node: "a", seconds: 2 };
  expect([...stageSeconds([...stoppedOnce, again])]).toEqual([["a", 3], ["b", 4]]);
});

const begun = (seconds: number): RunEvent => ({ t: at(seconds), ...runStarted });
const started = (seconds: number): RunEvent => ({
  t: at(seconds),
  type: "started",
  node: "a",
  key: someKey,
  resumed: seconds > 3600,
});
const progress = (seconds: number): RunEvent => ({
  t: at(seconds),
  type: "progress",
  node: "a",
  done: 1,
  total: 2,
  unit: "images",
});
const goesOn: RunEvent[] = [
  begun(3600),
  started(3601),
  { t: at(3605), type: "finished", node: "a", seconds: 4 },
];
const ways: [way: string, ...ending: RunEvent[]][] = [
  ["was stopped", { t: at(10), type: "run-stopped" }],
  [
    "failed",
    { t: at(10), type: "failed", node: "a", message: "NaN" },
    { t: at(12), type: "run-failed", message: "NaN", published: {} },
  ],
  ["died with its process", progress(10)],
];

for (const [way, ...ending] of ways) {
  Deno.test(`stageSeconds() counts an attempt that ${way}, and no time between processes`, () => {
    const events = [begun(0), started(1), progress(5), ...ending, ...goesOn];
    expect([...stageSeconds(events)]).toEqual([["a", 9 + 4]]);
  });
}

Deno.test("a clock that is set back takes no time away", () => {
  const setBack: RunEvent[] = [begun(7200), started(7201), { t: at(3600), type: "run-stopped" }];
  expect(wallSeconds(setBack)).toBe(1);
  expect([...stageSeconds(setBack)]).toEqual([["a", 0]]);
});
