import { expect } from "expect";
import { withNeighbours } from "../../../src/method/estimates/neighbours.ts";
import { type Node, node } from "../../../src/pipeline/graph.ts";
import { defineStage } from "../../../src/pipeline/stage.ts";

const stage = defineStage<Record<never, never>, { readonly [name: string]: "x" }, "x", unknown>({
  ...{ name: "toy", version: 1, inputs: {}, output: "x", run: () => Promise.resolve([]) },
});
const made = (id: string, ...inputs: Node<"x", unknown>[]) =>
  node(stage, {
    ...{ id, title: id, config: {} },
    inputs: Object.fromEntries(inputs.map((input) => [input.id, input])),
  });

Deno.test("a stage has neighbours where another one neither needs it nor is needed by it", () => {
  const data = made("data");
  const [npre, npre2x] = [made("npre", data), made("npre2x", data)];
  const ncf = made("ncf", npre);
  const summary = made("summary", ncf, npre2x);
  const all = ["data", "npre", "npre2x", "ncf", "summary"];
  expect([...withNeighbours([summary], new Set(all))].sort()).toEqual(["ncf", "npre", "npre2x"]);
  // where Npre 2x is there already, each waits for the one before
  expect([...withNeighbours([summary], new Set(["data", "npre", "ncf", "summary"]))]).toEqual([]);
});
