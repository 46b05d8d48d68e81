import { expect } from "expect";
import type { Forecast } from "../../src/pipeline/forecast.ts";
import type { RunRecord } from "../../src/pipeline/record.ts";
import type { NodeStatus, RunStatus } from "../../src/pipeline/status.ts";
import { timeToGo } from "../../src/registry/time_to_go.ts";

const lastEvent = "2030-01-01T00:00:00.000Z";
const now = Date.parse(lastEvent);

type Given = Partial<NodeStatus> & {
  readonly id: string;
  readonly inputs?: string[];
  readonly arm?: string;
};

function asked(
  given: readonly Given[],
  workers = 1,
  planned: Readonly<Record<string, number>> = {},
) {
  const nodes: RunRecord["nodes"] = given.map(({ id, stage = "train", inputs = [], arm }) => ({
    ...{ id, stage, title: id, inputs },
    serves: arm === undefined ? [] : [{ arm, at: {}, seed: 0 }],
  }));
  const status: RunStatus = {
    ...{ state: "running", seconds: 0, lastEvent },
    nodes: given.map(({ inputs: _, arm: __, ...node }) => ({
      ...{ stage: "train", title: node.id, state: "waiting" },
      ...node,
    })),
  };
  const stages = Object.entries(planned).map(([node, seconds]) => ({
    ...{ node, stage: "train", title: node, action: "run", seconds, disk: 0, cost: null } as const,
  }));
  const forecast: Forecast = {
    ...{ schema: 1, run: "run", madeAt: lastEvent, seconds: 0, memory: 0, disk: 0, cost: null },
    stages,
  };
  return [{ nodes, resolved: { workers } }, status, forecast] as const;
}

Deno.test("the rest of what runs, then what waits for it, as long as the plan says", () => {
  const given = [
    { id: "a", state: "running", eta: 30 },
    { id: "b", inputs: ["a"] },
  ] as const;
  const nodes = given.map((one) => ({ ...one, inputs: "inputs" in one ? [...one.inputs] : [] }));
  expect(timeToGo(...asked(nodes, 2, { b: 60 }), now)).toEqual({ seconds: 90, unknown: 0 });
  // 20 seconds after the last event
  expect(timeToGo(...asked(nodes, 2, { b: 60 }), now + 20_000)!.seconds).toBe(70);
});

Deno.test("what the same stage took for other seeds counts before the plan, and any of its kind after it", () => {
  const done = { id: "a", state: "finished", seconds: 10, arm: "npre" } as const;
  const left = (arm: string) => [done, { id: "b", arm }];
  expect(timeToGo(...asked(left("npre"), 1, { b: 60 }), now)!.seconds).toBe(10);
  expect(timeToGo(...asked(left("ncf"), 1, { b: 60 }), now)!.seconds).toBe(60);
  expect(timeToGo(...asked(left("ncf")), now)!.seconds).toBe(10);
});

Deno.test("stages run beside each other, as many as the run has workers", () => {
  const four = ["a", "b", "c", "d"].map((id) => ({ id }));
  const planned = { a: 10, b: 10, c: 10, d: 10 };
  expect(timeToGo(...asked(four, 1, planned), now)!.seconds).toBe(40);
  expect(timeToGo(...asked(four, 2, planned), now)!.seconds).toBe(20);
});

Deno.test("stages of which nothing is known are counted, and where that is all, nothing is said", () => {
  const two = [{ id: "a", stage: "x" }, { id: "b", stage: "y" }];
  expect(timeToGo(...asked(two, 1, { a: 5 }), now)).toEqual({ seconds: 5, unknown: 1 });
  expect(timeToGo(...asked(two), now)).toBeUndefined();
});

Deno.test("a run that is not at work, or has nothing left that can run, has no time to go", () => {
  const [record, status, forecast] = asked([{ id: "a" }], 1, { a: 5 });
  expect(timeToGo(record, { ...status, state: "stopped" }, forecast, now)).toBeUndefined();
  const failed = [{ id: "a", state: "failed" }, { id: "b", state: "not-run" }] as const;
  expect(timeToGo(...asked(failed, 1, { a: 5, b: 5 }), now)).toBeUndefined();
});

Deno.test("a record that somebody changed so that stages wait for each other has a time to go all the same", () => {
  const circle = [{ id: "a", inputs: ["b", "a"] }, { id: "b", inputs: ["a"] }];
  expect(timeToGo(...asked(circle, 1, { a: 5, b: 5 }), now)!.seconds).toBe(10);
});
