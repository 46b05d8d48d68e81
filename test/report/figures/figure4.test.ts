import { expect } from "expect";
import { drawFigure } from "../../../src/report/figures/list.ts";
import { arm, axis, scores, summaryOf, target } from "../../results/summaries.ts";

const layers = ["res2", "res4", "res5"];
const teachers = ["RotNet", "Jigsaw"];

/** What an arm scored at each layer: the base, and two points more for each layer; the global average is far off. */
const pooled = (id: string, teacher: string, name: string, base: number) => [
  ...scores(id, { teacher }, name, [1, 1, 1]),
  ...layers.flatMap((layer, at) =>
    scores(id, { teacher }, name, [base + 2 * at, base + 2 * at, base + 2 * at])
      .map((one) => ({ ...one, layer, budget: 640 }))
  ),
];

const names = ["t", "u"];
const summary = summaryOf({
  arms: [arm("npre", "teacher", "teacher"), arm("ncf", "candidate", "teacher")],
  axes: [axis("teacher", teachers)],
  targets: names.map(target),
  measurements: names.flatMap((name) =>
    teachers.flatMap((teacher, at) => [
      ...pooled("npre", teacher, name, 20 + 10 * at),
      ...pooled("ncf", teacher, name, 60 + 10 * at),
    ])
  ),
});

Deno.test("Figure 4 has a panel for each target, a line for each arm of each teacher, a place for each layer", async () => {
  const request = { name: "figure4", arms: { teacher: "npre", candidate: "ncf" }, axes: {} };
  const svg = await drawFigure(request, summary);
  const titles = [...svg.matchAll(/font-weight="600">([^<]*)</g)].map(([, title]) => title);
  expect(titles).toEqual(["(a) Target t (top-1, %)", "(b) Target u (top-1, %)"]);
  for (const [line, base] of [["NPRE, teacher RotNet", 20], ["NCF, teacher Jigsaw", 70]] as const) {
    expect(svg).toContain(`>${line}</text>`);
    const [a, b, c] = [base, base + 2, base + 4].map((score) => score.toFixed(1));
    expect(svg).toContain(`${line}: ${a} at res2, ${b} at res4, ${c} at res5.`);
  }
  expect(svg).toContain("Linear probes of each layer; mean");
});
