import { expect } from "expect";
import { drawFigure } from "../../../src/report/figures/list.ts";
import { arm, axis, scores, summaryOf } from "../../results/summaries.ts";

const summary = summaryOf({
  arms: [arm("weak", "control"), arm("ncf", "candidate", "labels")],
  axes: [axis("labels", [10, 30, 100])],
  measurements: [
    ...scores("weak", {}, "t", [64, 64, 64]),
    ...[[10, 58], [30, 62], [100, 66]].flatMap(([labels, score]) =>
      scores("ncf", { labels: labels! }, "t", [score!, score!, score!])
    ),
  ],
});
const request = {
  name: "figure7",
  arms: { candidate: "ncf", upperBound: "weak" },
  axes: { labels: "labels" },
};

const drawn = await drawFigure(request, summary);

/** x of each mark. */
const marks = [...(drawn.split('class="mark-symbol')[1] ?? "").matchAll(/translate\(([\d.]+),/g)]
  .map(([, x]) => Number(x));

Deno.test("Figure 7 has the upper bound as a dotted line that is level, without marks", () => {
  expect(drawn).toMatch(
    /<desc>.*NCF: 58\.0 at 10, 62\.0 at 30, 66\.0 at 100\. WEAK: 64\.0 throughout\.</s,
  );
  for (const line of ["NCF", "WEAK"]) expect(drawn).toContain(`>${line}</text>`);
  expect(drawn).toMatch(/<path d="M0 6 H28"[^>]*stroke-dasharray="1\.5 3"\/><\/svg>/);
  const [, path = ""] = drawn.match(/<path d="([^"]*)"[^>]*stroke-dasharray="1\.5,3"/) ?? [];
  const heights = [...path.matchAll(/,([\d.]+)/g)].map(([, y]) => y);
  expect([heights.length, new Set(heights).size]).toEqual([3, 1]);
  expect(marks.length).toBe(3); // those of the other line
});

Deno.test("Figure 7 stands on a logarithmic axis: 10, 30 and 100 are nearly as far apart", () => {
  const [one, two, three] = marks;
  expect((two! - one!) / (three! - two!)).toBeCloseTo(Math.log(3) / Math.log(10 / 3), 2);
});
