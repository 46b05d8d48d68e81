import { expect } from "expect";
import { experimentKey } from "../../src/cli/experiment_key.ts";
import { figure3 } from "../../src/experiments/figure3.ts";
import { worldOf } from "../../src/method/graph.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import type { JsonObject } from "../../src/pipeline/json.ts";
import { versions } from "../method/fake_engine.ts";

function keyOf(given: JsonObject, change: Partial<ReturnType<typeof figure3.plan>> = {}): string {
  const config = parseConfig(figure3.schema, given);
  const plan = figure3.plan(config, worldOf(figure3, config, versions), {});
  return experimentKey("figure3", config, { ...plan, ...change });
}

Deno.test("the key of an experiment is that of what it makes, not of how or on what it is computed", () => {
  const key = keyOf({});
  expect(keyOf({ device: "cuda", precision: "float32", threads: 3, workers: 1 })).toBe(key);
  expect(keyOf({}, { claims: [], title: "another" })).toBe(key);
  const others = [
    keyOf({ epochs: 3 }),
    keyOf({ seeds: [1, 2] }),
    keyOf({ noise: [0, 10] }),
    keyOf({ targets: ["unseen-names"] }),
    keyOf({}, { arms: {} }),
    keyOf({}, { targets: [] }),
    keyOf({}, { layerwiseTarget: "unseen-names" }),
  ];
  expect(new Set([key, ...others]).size).toBe(1 + others.length);
});
