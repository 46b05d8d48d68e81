import { join, relative } from "node:path";
import process from "node:process";
import { expect } from "expect";
import { show } from "../../src/cli/show.ts";
import type { Summary } from "../../src/results/summary.ts";
import { type Forecast, forecastFile, formatForecast } from "../../src/pipeline/forecast.ts";
import { RunFolder } from "../../src/pipeline/store.ts";
import { indexedRun } from "../report/indexed_run.ts";
import { sealSummary } from "../report/summary_artifact.ts";
import { doubtful, noisySummary, oneSeed, record, summary } from "../report/fixture.ts";

/** What `show()` prints of a finished run whose folder is named from here, and the folder. */
async function shown(
  summary: Summary,
  json: boolean,
  forecast?: Forecast,
): Promise<{ text: string; dir: string }> {
  const dir = await Deno.makeTempDir();
  try {
    await sealSummary(dir, summary);
    if (forecast) await Deno.writeTextFile(join(dir, forecastFile), formatForecast(forecast));
    let text = "";
    await show(new RunFolder(relative(Deno.cwd(), dir), record), {
      ...{ stream: process.stderr, live: false, line: () => {} },
      result: (result) => void (text += result),
    }, json);
    return { text, dir };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("show() names the report and every network by a path that is good anywhere", async () => {
  const one = await shown(oneSeed, false);
  expect(one.text).toContain(`Report    ${one.dir}/report.html\n`);
  expect(one.text).toContain(`Networks  ${one.dir}/artifacts/*/network.safetensors\n`);
  expect(one.text).toMatch(/^Export +.*clusterfit export \/.* --out <folder>$/m);
  expect(one.text).toContain("try --seeds 1,2,3 for a spread");
  expect((await shown(summary, false)).text).not.toContain("--seeds");
});

Deno.test("show() says how many pictures were left out as bad, and where they are listed", async () => {
  await using indexed = await indexedRun();
  let text = "";
  await show(indexed.run, {
    ...{ stream: process.stderr, live: false, line: () => {} },
    result: (result) => void (text += result),
  }, false);
  expect(text).toContain(`\n3 of 1,407 pictures left out as bad: ${indexed.list}\n`);
});

Deno.test("show() with json prints one object, with the path of the report", async () => {
  const { text, dir } = await shown(summary, true);
  const result = JSON.parse(text);
  expect(result).toMatchObject({ run: record.id, report: join(dir, "report.html") });
  expect(result.targets.length).toBe(4);
});

Deno.test("show() tells of probes that did not converge and of empty clusters", async () => {
  const { text } = await shown(doubtful, false);
  expect(text).toContain("† a probe did not converge in 251 to 253 evaluations");
  expect(text.replaceAll("\n", " ")).toContain(
    "Seed 8: k-means left 1,300 of 1,500 clusters empty. There are only 10,000 images with 200",
  );
  expect((await shown(summary, false)).text).not.toMatch(/†|k-means left/);
});

Deno.test("show() says of each claim whether it holds, and what is missing", async () => {
  const text = (await shown(noisySummary, false)).text.replace(/\s+/g, " ");
  expect(text).toContain(
    "holds Without noise, Npre is better on its own task (expected: undecided)",
  );
  expect(text).toContain(
    "Not measured, because a stage failed: Ncf at label noise 75%, K 1,600, seed 9.",
  );
});

Deno.test("show() says how far off a plan was, where one was made", async () => {
  const forecast: Forecast = {
    ...{ schema: 1, run: record.id, madeAt: "2026-01-02T03:04:05.000Z" },
    ...{ seconds: 90, memory: 1, disk: 1, cost: null, stages: [] },
  };
  expect((await shown(summary, false)).text).not.toContain("Plan ");
  expect((await shown(summary, false, forecast)).text).toContain(
    "\nPlan      1 min 30 s planned, took ",
  );
  expect(JSON.parse((await shown(summary, true, forecast)).text).plan.planned).toBe(90);
  expect(JSON.parse((await shown(summary, true)).text)).not.toHaveProperty("plan");
});
