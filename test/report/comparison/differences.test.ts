import { expect } from "expect";
import {
  attemptDifferences,
  configDifferences,
  differences,
} from "../../../src/report/comparison/differences.ts";
import { recordOf } from "./runs.ts";

Deno.test("keys whose values differ are listed flat, in the order of the first run, then of the others", () => {
  const first = { z: 1, training: { rate: 0.1, steps: [1, 2] }, same: true };
  const second = { added: null, z: 2, same: true, training: { rate: 0.1, steps: [1, 3] } };
  expect(differences([first, second])).toEqual([
    { name: "z", values: ["1", "2"] },
    { name: "training.steps", values: ["1, 2", "1, 3"] },
    { name: "added", values: [null, "null"] },
  ]);
});

Deno.test("values that are equal everywhere, or unknown as a whole, make no difference", () => {
  expect(differences([{ a: 1 }, { a: 1 }, undefined])).toEqual([]);
  expect(differences([{ a: 1 }, undefined, { a: 2 }]))
    .toEqual([{ name: "a", values: ["1", null, "2"] }]);
});

Deno.test("of each value it is known whether it was asked for or is the default", () => {
  const first = recordOf({ k: [20], epochs: 24 }, { asked: { k: 20 } });
  const second = recordOf({ k: [500], epochs: 24 }, { asked: { epochs: 24 } });
  expect(configDifferences([first, second]))
    .toEqual([{ name: "k", values: ["20", "500"], asked: [true, false] }]);
});

Deno.test("of several attempts at a run each value is told once; a run without any differs from none", () => {
  const attempts = (...torch: string[]) => ({
    attempts: torch.map((version) => ({ versions: { torch: version, deno: "2" }, hardware: {} })),
  });
  expect(attemptDifferences([attempts("1", "2", "1"), attempts("2"), attempts()], "versions"))
    .toEqual([{ name: "torch", values: ["1, 2", "2", null] }]);
});
