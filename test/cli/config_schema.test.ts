import { expect } from "expect";
import { configSchema } from "../../src/cli/config_schema.ts";
import { defaultExperiment } from "../../src/experiments/default.ts";
import { own } from "../../src/experiments/own.ts";
import type { JsonObject } from "../../src/pipeline/json.ts";

const properties = (experiment?: string) =>
  configSchema(experiment)["properties"] as Record<string, JsonObject>;

Deno.test("the schema of a run has every key of both experiments that it may mean, and no other", () => {
  const keys = [defaultExperiment, own].flatMap(({ schema }) => Object.keys(schema.parse({})));
  const more = ["$schema", "clips"]; // the second has no default: it is of clips alone
  expect(Object.keys(properties()).sort()).toEqual([...new Set([...keys, ...more])].sort());
  expect(configSchema()).toMatchObject({ type: "object", additionalProperties: false });
});

Deno.test("a key of which the experiments differ takes what either of them takes", () => {
  expect(properties()["teacher"]).toEqual({
    anyOf: [
      { type: "string", enum: ["rotnet", "jigsaw", "hashtags"], default: "rotnet" },
      { type: "string", default: "rotnet" },
    ],
  });
});

Deno.test("an axis takes one value, or several", () => {
  expect(properties("figure3")["k"]).toMatchObject({
    anyOf: [{ type: "integer", minimum: 2 }, { type: "array", items: { minimum: 2 } }],
    default: [100, 300, 900],
  });
});

Deno.test("keys of keys are closed, too, and none is required", () => {
  const { training } = properties("figure3");
  expect(training).toMatchObject({
    additionalProperties: false,
    properties: {
      learningRate: {
        anyOf: [{ const: "auto" }, { type: "number", exclusiveMinimum: 0 }],
        default: 0.1,
      },
    },
  });
  expect(training).not.toHaveProperty("required");
});

Deno.test("there is no schema of an experiment that there is not", () => {
  expect(() => configSchema("toString")).toThrow(
    'Cannot give the schema of "toString": it needs an experiment, one of table4, figure3, ',
  );
});
