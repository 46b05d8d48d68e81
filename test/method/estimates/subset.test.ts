import { expect } from "expect";
import { subsetsOf } from "../../../src/data/subset.ts";
import type { Estimating } from "../../../src/method/estimates/estimator.ts";
import { subsetEstimator, subsetLabelsEstimator } from "../../../src/method/estimates/subset.ts";
import { toyWorld } from "../toy_world.ts";

const subset = subsetsOf(toyWorld(), { dataSeed: 1, versions: {} });
const of = "hashtags";
const { data, labels } = subset({ of, labels: 3, rows: 1_000_000 });
/** Inputs: 5 million rows of 300 bytes, 9 labels. */
const shapes = { dataset: { rows: 5e6, side: 10, held: 300 }, labels: { classes: 9 } };
const known = {
  shapeOf: (_node: unknown, _name: string, kind: keyof typeof shapes) =>
    Promise.resolve(shapes[kind]),
  open: (node: { id: string }, name: string, rows: number) =>
    Promise.resolve(`${rows} of the ${name} of ${node.id}`),
} as unknown as Estimating;

Deno.test("a subset is estimated by its rows, and takes what copying them does", async () => {
  expect(await subsetEstimator.shape(data, known)).toEqual({ rows: 1e6, side: 10, held: 300 });
  const { seconds, memory, disk } = await subsetEstimator.cost(data, known);
  expect([memory, disk]).toEqual([3e8, 3e8]);
  expect(seconds).toBeGreaterThan(1);
  expect(await subsetEstimator.open!(data, known, 64)).toBe(`64 of the data of ${data.id}`);
});

Deno.test("its labels are as many classes as it was asked for, or all", async () => {
  expect(await subsetLabelsEstimator.shape(labels, known)).toEqual({ classes: 3 });
  expect((await subsetLabelsEstimator.cost(labels, known)).disk).toBe(8e6);
  const all = subset({ of, labels: null, rows: 5 }).labels;
  expect(await subsetLabelsEstimator.shape(all, known)).toEqual({ classes: 9 });
});
