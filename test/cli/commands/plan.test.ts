import { CommanderError } from "commander";
import { expect } from "expect";
import { parsePlan } from "../../../src/cli/commands/plan.ts";

Deno.test("the price is the plan's, everything else the run's, in its order", () => {
  const args = ["--k", "5", "--price", "1.2", "--set", "a=1", "--json", "--config", "x.ts"];
  expect(parsePlan(args)).toEqual({
    price: 1.2,
    rest: ["--k", "5", "--set", "a=1", "--json", "--config", "x.ts"],
  });
  expect(parsePlan([])).toEqual({ price: null, rest: [] });
  expect(parsePlan(["--price=0", "--seeds", "1,2"])).toEqual({
    price: 0,
    rest: ["--seeds", "1,2"],
  });
});

Deno.test("an experiment of the paper keeps its name and scale", () => {
  expect(parsePlan(["figure3", "--price", "2", "--scale", "small"]))
    .toEqual({ price: 2, rest: ["figure3", "--scale", "small"] });
});

Deno.test("a price that is none is refused", () => {
  for (const price of ["much", "-1", "", "Infinity"]) {
    expect(() => parsePlan(["--price", price])).toThrow(CommanderError);
  }
});
