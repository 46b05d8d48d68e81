import { expect } from "expect";
import { clusteringFacts } from "../../src/export/clustering_facts.ts";
import type { Clustering } from "../../src/export/clusterings.ts";

const clusters = {
  ...{ k: 3, points: 9, iterations: 4, objective: 12.5, sizes: [2, 3, 4], empty: 0, distinct: 9 },
};
const factsOf = (more: Partial<Clustering["clusters"]>) =>
  Object.fromEntries(
    clusteringFacts(
      { clusters: { ...clusters, ...more }, layer: "res5", normalise: true } as Clustering,
    ),
  );

Deno.test("the objective of a clustering is a sum of squared distances, and of labels where they guided it", () => {
  expect(factsOf({})).toMatchObject({
    "sum of squared distances": "12.5",
    "smallest, median, largest": "2, 3, 4",
  });
  expect(factsOf({ impurity: 1.5 })).toMatchObject({
    "sum of squared distances, and the weight times the next line": "12.5",
    "pictures that a label drawn from their cluster gets wrong": "1.5",
  });
  expect(factsOf({ impurity: 1.5 })).not.toHaveProperty("sum of squared distances");
});
