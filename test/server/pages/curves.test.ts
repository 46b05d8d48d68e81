import { expect } from "expect";
import { CurveDrawings } from "../../../src/server/pages/curves.ts";
import { study, summary } from "../../report/fixture.ts";

const curves = (points: number) =>
  summary.series.slice(0, 1).map((one) => ({ ...one, points: one.points.slice(0, points) }));
const run = (points: number, state: "running" | "finished" = "running", name = "run") => ({
  ...{ name, study, state },
  curves: curves(points),
});

Deno.test("curves are drawn again where their points are others, two seconds apart at least", async () => {
  let now = 0;
  const drawings = new CurveDrawings(() => now);
  const first = await drawings.of(run(3));
  expect(first.length).toBe(2);
  now = 1999;
  expect(await drawings.of(run(4))).toBe(first);
  now = 2000;
  expect(await drawings.of(run(3))).toBe(first);
  const second = await drawings.of(run(4));
  expect(second).not.toBe(first);
  expect(`${second[0]}`).toContain("after epoch 4");
});

Deno.test("a drawing that took long waits twenty times as long for the next", async () => {
  let now = 0;
  const drawings = new CurveDrawings(() => now += 250); // a second look at the clock is 250 ms later
  const first = await drawings.of(run(3));
  now = 5000;
  expect(await drawings.of(run(4))).toBe(first);
  now = 5500;
  expect(await drawings.of(run(4))).not.toBe(first);
});

Deno.test("once a run has ended, its last points are drawn at once", async () => {
  const drawings = new CurveDrawings(() => 0);
  await drawings.of(run(3));
  expect(`${(await drawings.of(run(4, "finished")))[0]}`).toContain("after epoch 4");
});

Deno.test("viewers that come at the same time share one drawing, and other runs have their own", async () => {
  const drawings = new CurveDrawings(() => 0);
  const [a, b, c] = await Promise.all([
    drawings.of(run(3)),
    drawings.of(run(3)),
    drawings.of(run(3, "running", "other")),
  ]);
  expect(b).toBe(a);
  expect(c).not.toBe(a);
});
