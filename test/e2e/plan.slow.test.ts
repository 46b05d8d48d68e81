/** A plan, the run that it is about, and what the run says of it. */
import { join } from "node:path";
import { expect } from "expect";
import sharp from "sharp";
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

Deno.test("a run on pictures of one's own is planned from some of them", async () => {
  const folder = await Deno.makeTempDir();
  for (const shade of ["a", "b"]) {
    await Deno.mkdir(join(folder, "pictures", shade), { recursive: true });
    for (let at = 0; at < 20; at++) {
      const background = { r: 12 * at, g: shade === "a" ? 10 : 200, b: 99 };
      await sharp({ create: { width: 48, height: 40, channels: 3, background } })
        .png().toFile(join(folder, "pictures", shade, `${at}.png`));
    }
  }
  const pictures = join(folder, "pictures");
  const { code, stdout, stderr } = await run([
    ...["plan", "--json", "--out", join(folder, "runs"), "--data", pictures],
    ...["--target", `shades=${pictures}`, "--student", "resnet10-small", "--k", "4"],
    ...["--epochs", "3", "--set", "training.batchSize=8", "--set", "probe.costs=[0.1]"],
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("Measuring") });
  const { stages }: Forecast = JSON.parse(stdout);
  const index = stages.find(({ stage }) => stage === "pictures.index");
  expect(index).toMatchObject({ action: "run", seconds: expect.any(Number) });
  expect(index?.disk).toBeGreaterThan(40 * 32 * 32 * 3); // more than two epochs: packed
  for (const { title, seconds } of stages) {
    expect({ title, known: (seconds ?? 0) > 0 }).toEqual({ title, known: true });
  }
  await Deno.remove(folder, { recursive: true });
});
