import { join } from "node:path";
import { expect } from "expect";
import {
  findForecast,
  type Forecast,
  keepForecast,
  outcomesOf,
  worstOutcome,
} from "../../src/pipeline/forecast.ts";

type Stage = Forecast["stages"][number];

const stage = (node: string, seconds: number | null, action: Stage["action"] = "run"): Stage => ({
  ...{ node, stage: "train", title: node.toUpperCase(), action, seconds, disk: 0, cost: null },
});
const forecastOf = (...stages: Stage[]): Forecast => ({
  ...{ schema: 1, run: "rotnet-1", madeAt: "2026-01-02T03:04:05.000Z" },
  ...{ seconds: 9, memory: 1, disk: 2, cost: null, stages },
});

Deno.test("a plan is kept by the run's name, and the latest one counts", async () => {
  const out = await Deno.makeTempDir();
  expect(await findForecast(out, "rotnet-1")).toBeUndefined();
  await keepForecast(out, { ...forecastOf(), seconds: 3 });
  const path = await keepForecast(out, forecastOf(stage("a", 1)));
  expect(path).toBe(join(out, "plans", "rotnet-1.json"));
  expect(await findForecast(out, "rotnet-1")).toEqual(forecastOf(stage("a", 1)));
  await Deno.writeTextFile(path, '{"schema": 1');
  expect(await findForecast(out, "rotnet-1")).toBeUndefined();
  await Deno.remove(out, { recursive: true });
});

Deno.test("only stages that were to run from their start, and did, are compared", () => {
  const planned = forecastOf(
    ...[stage("a", 10), stage("b", 10), stage("unknown", null), stage("never", 5)],
    ...[stage("there", 0, "reuse"), stage("half", 9, "resume")],
  );
  const took = new Map([["a", 5], ["b", 12], ["unknown", 1], ["there", 1], ["half", 1]]);
  expect(outcomesOf(planned, took)).toEqual([
    { node: "a", title: "A", planned: 10, took: 5, factor: 2 },
    { node: "b", title: "B", planned: 10, took: 12, factor: 1.2 },
  ]);
});

Deno.test("the worst stage is the one of the largest factor among those that took long enough", () => {
  const planned = forecastOf(stage("short", 1), stage("much", 30), stage("little", 3));
  const took = new Map([["short", 4], ["much", 20], ["little", 6]]);
  expect(worstOutcome(outcomesOf(planned, took))?.node).toBe("little");
  expect(worstOutcome(outcomesOf(planned, took), 10)?.node).toBe("much");
  expect(worstOutcome([])).toBeUndefined();
});
