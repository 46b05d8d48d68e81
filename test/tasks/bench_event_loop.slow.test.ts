import { expect } from "expect";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import { compare, eventLoop, eventLoopTable, isPrompt } from "../../tasks/bench/event_loop.ts";

Deno.test("every stage of a run is measured, on the event loop and on an idle thread", async () => {
  const said: string[] = [];
  const measured = await eventLoop({
    pairs: 2,
    say: (line) => said.push(line),
    config: parseConfig(defaultExperiment.schema, {
      ...{ images: 600, targetSize: 30, width: 8, epochs: 2, k: 20 },
      training: { batchSize: 64 },
      clustering: { iterations: 5 },
      probe: { layerBudget: 64, costs: [0.01] },
    }),
  });
  expect(measured).toMatchObject({ bench: "event-loop", runs: 2 });
  expect(said).toHaveLength(2);
  const stages = measured.stages.map(({ stage }) => stage);
  expect(stages).toEqual(
    expect.arrayContaining([
      "icons",
      "seed-0.npre",
      "seed-0.ncf.clusters",
      "seed-0.ncf.unseen-names",
    ]),
  );
  for (const { eventLoopMs, idleThreadMs } of measured.stages) {
    expect(eventLoopMs).toBeGreaterThanOrEqual(0);
    expect(idleThreadMs).toBeGreaterThanOrEqual(0);
  }
  expect(isPrompt(measured)).toBe(measured.stages.every(({ within }) => within));
  expect(eventLoopTable(measured)).toContain("seed-0.npre2x");
});

Deno.test("the event loop is within the limit up to 100 ms after an idle thread", () => {
  const within = (eventLoop: number, idleThread: number) =>
    compare([{ eventLoop, idleThread }]).within;
  expect(within(100, 0)).toBe(true);
  expect(within(101, 0)).toBe(false);
  expect(within(600, 500)).toBe(true);
  expect(compare([1, 9, 2].map((eventLoop) => ({ eventLoop, idleThread: 1 }))).eventLoopMs).toBe(2);
});
