import { expect } from "expect";
import { bestLayersNote, layerOf } from "../../src/report/best_layers.ts";
import { arm, scores, summaryOf } from "../results/summaries.ts";

const at = (layer: string, id: string, values: number[]) =>
  scores(id, {}, "t", values).map((one) => ({ ...one, layer, budget: 640, best: true as const }));

const arms = [arm("npre", "teacher"), arm("ncf", "candidate")];

Deno.test("tables say which layer they are of, and how often each was the best one", () => {
  const summary = summaryOf({
    arms,
    measurements: [
      ...scores("npre", {}, "t", [1, 2, 3]),
      ...at("res5", "npre", [1]),
      ...at("res4", "npre", [2, 3]),
      ...at("res5", "ncf", [1, 2, 3]),
    ],
  });
  expect(layerOf(summary)).toBe("the best layer of each network, chosen on validation rows");
  expect(bestLayersNote(summary)).toBe("Best layers: NPRE res4 (2), res5 (1); NCF res5 (3).");
});

Deno.test("where no layer was chosen it is the last one, and there is nothing to note", () => {
  const summary = summaryOf({ arms, measurements: scores("npre", {}, "t", [1, 2, 3]) });
  expect(layerOf(summary)).toBe("the last layer");
  expect(bestLayersNote(summary)).toBeUndefined();
});
