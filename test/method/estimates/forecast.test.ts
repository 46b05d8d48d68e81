import { expect } from "expect";
import type { Cost } from "../../../src/method/estimates/estimator.ts";
import { forecast } from "../../../src/method/estimates/forecast.ts";
import type { Services } from "../../../src/method/services.ts";
import { type Node, node } from "../../../src/pipeline/graph.ts";
import { defineStage } from "../../../src/pipeline/stage.ts";

const stage = defineStage<Record<never, never>, { readonly [name: string]: "x" }, "x", Services>({
  ...{ name: "toy", version: 1, inputs: {}, output: "x", run: () => Promise.resolve([]) },
});
const made = (id: string, ...inputs: Node<"x", Services>[]) =>
  node(stage, {
    ...{ id, title: `The ${id}`, config: {} },
    inputs: Object.fromEntries(inputs.map((input) => [input.id, input])),
  });

const data = made("data");
const [a, b, odd] = [made("a", data), made("b", data), made("odd", data)];
const cost = (seconds: number): Cost => ({ seconds, memory: 10 * seconds, disk: 1 });

const options = {
  run: "rotnet-1",
  nodes: [data, a, b, odd],
  plan: [
    { id: "data", title: "The data", action: "reuse", why: "" },
    { id: "a", title: "The a", action: "run", why: "" },
    { id: "b", title: "The b", action: "run", why: "" },
    { id: "odd", title: "The odd", action: "run", why: "" },
  ] as const,
  costs: new Map([["a", cost(30)], ["b", cost(10)], ["odd", null]]),
  workers: 2,
  base: 1000,
};

Deno.test("stages at once share the wall clock and the memory, and their money is shared by their seconds", () => {
  const made = forecast({ ...options, price: 120 });
  expect(made).toMatchObject({ run: "rotnet-1", seconds: 30, cost: 1, memory: 1400, disk: 2 });
  expect(made.stages).toEqual([
    {
      node: "data",
      stage: "toy",
      title: "The data",
      action: "reuse",
      seconds: 0,
      disk: 0,
      cost: 0,
    },
    { node: "a", stage: "toy", title: "The a", action: "run", seconds: 30, disk: 1, cost: 0.75 },
    { node: "b", stage: "toy", title: "The b", action: "run", seconds: 10, disk: 1, cost: 0.25 },
    { node: "odd", stage: "toy", title: "The odd", action: "run", seconds: null, disk: 0, cost: 0 },
  ]);
});

Deno.test("one worker takes the sum; without a price there is no money", () => {
  const made = forecast({ ...options, workers: 1, price: null });
  expect(made).toMatchObject({ seconds: 40, cost: null, memory: 1300 });
  expect(made.stages.map(({ cost }) => cost)).toEqual([null, null, null, null]);
});
