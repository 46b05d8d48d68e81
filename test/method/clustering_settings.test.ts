import { expect } from "expect";
import { clusteringOf } from "../../src/method/clustering_settings.ts";
import { experimentConfig } from "../../src/method/config.ts";
import { parseConfig } from "../../src/method/parse_config.ts";
import type { World } from "../../src/data/world.ts";
import { toyData, toyLabels } from "./toy_world.ts";

const schema = experimentConfig({});
const settings = (clustering: JsonObject) => clusteringOf(parseConfig(schema, { clustering }));
import type { JsonObject } from "../../src/pipeline/json.ts";

Deno.test("clusterings have one phase unless two are asked for", () => {
  expect(settings({ iterations: 9, normalise: false })).toEqual({
    iterations: 9,
    normalise: false,
  });
});

Deno.test("labels guide clusters where a config names some of the data set, and their weight", () => {
  const hashtags = toyLabels(toyData("toy", 20), 4);
  const asked = (guide: JsonObject, labels?: World["labels"]) =>
    clusteringOf(parseConfig(schema, { clustering: { guide } }), labels);
  const guide = { labels: "hashtags", weight: 0.5 };
  expect(asked(guide, { hashtags })).toEqual({
    ...{ iterations: 20, normalise: true, guide: { labels: hashtags, weight: 0.5 } },
  });
  expect(settings({})).not.toHaveProperty("guide");
  expect(() => asked({ ...guide, labels: "own" }, { hashtags })).toThrow(
    'Cannot guide clusters: it needs labels of the pictures that are clustered, found no "own" (labels here: hashtags)',
  );
  expect(() => asked(guide)).toThrow("labels here: none");
  expect(() => asked({ ...guide, weight: -1 })).toThrow("clustering.guide.weight");
  expect(() => asked({ weight: 1 })).toThrow("clustering.guide.labels");
});

Deno.test("two phases have the paper's iterations unless others are asked for", () => {
  expect(settings({ twoPhase: { subsample: 200 } })).toEqual({
    ...{ iterations: 5, normalise: true, subsample: { rows: 200, iterations: 30 } },
  });
  const asked = { subsample: 200, subsampleIterations: 7, fullIterations: 2 };
  expect(settings({ twoPhase: asked })).toEqual({
    ...{ iterations: 2, normalise: true, subsample: { rows: 200, iterations: 7 } },
  });
  const cap = { maxSize: 40, balance: 1.5 };
  expect(settings({ ...cap, twoPhase: asked })).toMatchObject({ ...cap, iterations: 2 });
  expect(settings(cap)).toEqual({ iterations: 20, normalise: true, ...cap });
  expect(settings({ consensus: 4, twoPhase: asked })).toMatchObject({
    consensus: 4,
    iterations: 2,
  });
  expect(settings({ consensus: 4 })).toEqual({ iterations: 20, normalise: true, consensus: 4 });
  expect(() => settings({ consensus: 1 })).toThrow("it needs 2 or more");
  expect(() => settings({ balance: 0.9 })).toThrow("it needs 1 or more");
  expect(() => settings({ twoPhase: {} })).toThrow("clustering.twoPhase.subsample");
});
