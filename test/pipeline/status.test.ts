import { expect } from "expect";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { type RunStatus, RunTracker, stagesDone, withLock } from "../../src/pipeline/status.ts";
import { runFinished, runStarted, someKey, started } from "./events.ts";

const start = Date.UTC(2026, 10, 22);
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const record = {
  nodes: ["a", "b"].map((id) => ({ id, stage: "train", title: `Train ${id}`, inputs: [] })),
};
const progress = (seconds: number, done: number, unit = "images"): RunEvent => ({
  t: at(seconds),
  type: "progress",
  node: "a",
  done,
  total: 100,
  unit,
});
const begun: RunEvent[] = [
  { t: at(0), ...runStarted },
  { t: at(0), ...started("a") },
];
function runStatus({ nodes }: typeof record, events: readonly RunEvent[]): RunStatus {
  const tracker = new RunTracker(nodes);
  for (const event of events) tracker.take(event);
  return tracker.status();
}
const node = (events: RunEvent[]) => runStatus(record, events).nodes[0]!;

Deno.test("a run without events is waiting, and so are its stages", () => {
  const { state, seconds, nodes } = runStatus(record, []);
  expect([state, seconds, ...nodes.map((node) => node.state)])
    .toEqual(["waiting", 0, "waiting", "waiting"]);
});

Deno.test("rate and time to go follow from the progress since the start", () => {
  expect(node([...begun, progress(5, 10), progress(10, 40)]))
    .toMatchObject({ state: "running", done: 40, total: 100, rate: 4, eta: 15 });
});

Deno.test("the rate of a resumed stage leaves out what was done before", () => {
  const resumed: RunEvent = { t: at(0), ...started("a", true) };
  expect(node([begun[0]!, resumed, progress(1, 60)])).not.toHaveProperty("rate");
  expect(node([begun[0]!, resumed, progress(1, 60), progress(11, 80)]))
    .toMatchObject({ rate: 2, eta: 10 });
});

Deno.test("the rate is measured anew when a stage counts something else", () => {
  const events = [
    ...begun,
    progress(10, 100),
    progress(20, 5, "probes"),
    progress(30, 25, "probes"),
  ];
  expect(node(events)).toMatchObject({ unit: "probes", rate: 2, eta: 37.5 });
});

Deno.test("a stopped run leaves no stage running and promises no time to go", () => {
  const { state, nodes } = runStatus(record, [
    ...begun,
    progress(10, 40),
    { t: at(11), type: "run-stopped" },
  ]);
  expect([state, nodes[0]!.state]).toEqual(["stopped", "stopped"]);
  expect(nodes[0]).toMatchObject({ done: 40 });
  expect(nodes[0]).not.toHaveProperty("eta");
});

Deno.test("a run that goes on counts finished and reused stages as done", () => {
  const status = runStatus(record, [
    ...begun,
    { t: at(10), type: "finished", node: "a", seconds: 10 },
    { t: at(11), ...started("b") },
    { t: at(60), ...runStarted },
    { t: at(60), type: "reused", node: "a" },
  ]);
  expect(status.nodes.map(({ state }) => state)).toEqual(["reused", "waiting"]);
  expect(status.nodes[0]).toMatchObject({ seconds: 10 });
  expect(stagesDone(status)).toBe(1);
});

Deno.test("a stage that was stopped and went on is said to have taken both times", () => {
  const events: RunEvent[] = [
    ...begun,
    { t: at(11), type: "run-stopped" },
    { t: at(60), ...runStarted },
    { t: at(60), ...started("a", true) },
    { t: at(65), type: "finished", node: "a", seconds: 5 },
  ];
  expect(node(events)).toMatchObject({ state: "finished", seconds: 16 });
});

Deno.test("a damaged artifact sends its stage back to waiting with the reason", () => {
  const events: RunEvent[] = [
    ...begun,
    { t: at(10), type: "finished", node: "a", seconds: 10 },
    { t: at(20), type: "damaged", node: "a", message: "labels.bin has another SHA-256" },
  ];
  expect(node(events)).toMatchObject({
    state: "waiting",
    message: "labels.bin has another SHA-256",
  });
});

Deno.test("failures of stage and run keep their messages", () => {
  const status = runStatus(record, [
    ...begun,
    { t: at(3), type: "failed", node: "a", message: "loss is NaN" },
    { t: at(3), type: "run-failed", message: "Train a: loss is NaN", published: {} },
  ]);
  expect(status).toMatchObject({ state: "failed", message: "Train a: loss is NaN" });
  expect(status.nodes[0]).toMatchObject({ state: "failed", message: "loss is NaN" });
});

Deno.test("events of nodes that the record no longer lists are passed over", () => {
  const gone: RunEvent = { t: at(1), type: "reused", node: "gone" };
  expect(runStatus(record, [...begun, gone]).nodes.length).toBe(2);
});

Deno.test("a run whose log ends in the middle is running as long as its lock is held, else interrupted", () => {
  const status = runStatus(record, [...begun, progress(5, 10), progress(10, 40)]);
  expect(withLock(status, true)).toBe(status);
  const interrupted = withLock(status, false);
  expect([interrupted.state, ...interrupted.nodes.map(({ state }) => state)])
    .toEqual(["interrupted", "interrupted", "waiting"]);
  expect(interrupted.nodes[0]).toMatchObject({ done: 40, total: 100 });
  expect(interrupted.nodes[0]).not.toHaveProperty("eta");
});

Deno.test("a run that was killed before its first event is interrupted", () => {
  const status = runStatus(record, []);
  expect(withLock(status, true).state).toBe("waiting");
  expect(withLock(status, false).state).toBe("interrupted");
});

Deno.test("a run that has told its end needs no lock", () => {
  for (const ending of [runFinished, { type: "run-stopped" } as const]) {
    const status = runStatus(record, [...begun, { t: at(1), ...ending }]);
    expect(withLock(status, false)).toBe(status);
  }
  const failed = runStatus(record, [
    ...begun,
    { t: at(1), type: "run-failed", message: "x", published: {} },
  ]);
  expect(withLock(failed, false)).toBe(failed);
});

Deno.test("a stage that another run makes, and one whose need failed, say so until the run begins anew", () => {
  const left: RunEvent[] = [
    ...begun,
    { t: at(1), type: "failed", node: "a", message: "diverged" },
    { t: at(1), type: "not-run", node: "b", needs: "a" },
  ];
  expect(runStatus(record, left).nodes).toMatchObject([
    { state: "failed", message: "diverged" },
    { state: "not-run", message: "needs Train a" },
  ]);
  const again: RunEvent = { t: at(2), ...runStarted };
  expect(runStatus(record, [...left, again]).nodes.map(({ state }) => state))
    .toEqual(["waiting", "waiting"]);
  const waiting: RunEvent = { t: at(1), type: "waiting", node: "b", key: someKey };
  const status = runStatus(record, [...begun, waiting]);
  expect(status.nodes[1]).toMatchObject({ state: "elsewhere" });
  expect(withLock(status, false).nodes[1]).toMatchObject({ state: "waiting" });
});
