/** A plan, the run that it is about, and what the run says of it. */
import { join } from "node:path";
import { expect } from "expect";
import type { Forecast } from "../../src/pipeline/forecast.ts";
import { onlyRun, run, small } from "./command.ts";

Deno.test("a run is planned, runs, and says how far off the plan was", async () => {
  const out = await Deno.makeTempDir();
  const args = [...small, "--out", out, "--json"];
  const planned = await run(["plan", ...args, "--price", "3600"]);
  expect({ code: planned.code, says: planned.stderr }).toMatchObject({
    code: 0,
    says: expect.stringContaining("Measuring a few batches"),
  });
  const plan: Forecast = JSON.parse(planned.stdout);
  for (const { seconds, action } of plan.stages) {
    expect({ action, known: (seconds ?? 0) > 0 }).toEqual({ action: "run", known: true });
  }
  const longest = Math.max(...plan.stages.map(({ seconds }) => seconds ?? 0));
  expect(plan.seconds).toBeGreaterThanOrEqual(longest);
  expect(plan.cost).toBeCloseTo(plan.seconds, 5);
  expect(plan.memory).toBeGreaterThan(2e8); // PyTorch alone
  expect(plan.disk).toBeGreaterThan(600 * 32 * 32 * 3);

  const ran = JSON.parse((await run(args)).stdout);
  expect(ran.plan.planned).toBe(plan.seconds);
  expect(ran.plan.stages).toHaveLength(plan.stages.length);
  const folder = await onlyRun(out);
  expect(JSON.parse(await Deno.readTextFile(join(folder, "plan.json")))).toEqual(plan);
  const report = await Deno.readTextFile(join(folder, "report.html"));
  expect(report).toContain("<h2>Plan</h2>");

  // what was planned before the run stays what its report compares
  const after: Forecast = JSON.parse((await run(["plan", ...args])).stdout);
  expect(after.stages.every(({ action, seconds }) => action === "reuse" && seconds === 0))
    .toBe(true);
  const kept = await Deno.readTextFile(join(out, "plans", `${plan.run}.json`));
  expect(JSON.parse(kept)).toEqual(plan);
  await Deno.remove(out, { recursive: true });
});
