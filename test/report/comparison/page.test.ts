import { expect } from "expect";
import { compareRuns } from "../../../src/report/comparison/compare_runs.ts";
import { comparePageBody, comparisonPage } from "../../../src/report/comparison/page.ts";
import { summary } from "../fixture.ts";
import { openRunOf, recordOf, runOf } from "./runs.ts";

const words = (page: string) =>
  page.replace(/<style>.*?<\/style>/s, "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

Deno.test("the page holds the runs, their configs, scores with verdicts, and a chart for each task and measure", async () => {
  const k = (value: number) => recordOf({ k: value }, { asked: { k: 20 } });
  const lower = summary.measurements.map((one) => ({ ...one, value: one.value - 9 }));
  const page = await comparisonPage(compareRuns([
    runOf(summary, { name: "first", record: k(20) }),
    runOf({ ...summary, measurements: lower }, { name: "second", record: k(40) }),
  ]));
  const text = words(page);
  expect(text).toContain("2 runs compared");
  expect(text).toContain(
    "B scores higher than A by more than the spread over 3 seeds in none of 12",
  );
  expect(text).toContain("Key A B k 20 40");
  expect(text).toContain("Ncf 49.6 ± 0.4 40.6 ± 0.4 −9.0 ± 0.0 lower");
  expect([...page.matchAll(/<figure>/g)].length).toBe(4);
  expect(text).toContain("Loss on the teacher’s task: Npre, Npre 2x");
  expect(text).toMatch(
    /A, Npre 2x after epoch 48: [\d.]+, [\d.]+, [\d.]+\. B, Npre after epoch 24/,
  );
  expect(text).toContain(
    "one covers the others: Npre of A and B; Npre 2x of A and B; Ncf",
  );
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  expect(page).toContain('stroke="var(--candidate-0)"');
  expect(page).toContain('stroke="var(--candidate-2)"');
  expect(page).toContain("stroke-dasharray");
});

Deno.test("each table that may be wider than the window can be reached by the keyboard and has a name", async () => {
  const page = await comparisonPage(compareRuns([
    runOf(summary, { record: recordOf({ k: 1 }) }),
    runOf(summary, { record: recordOf({ k: 2 }) }),
  ]));
  const wide = [...page.matchAll(/<div class="wide"[^>]*>/g)].map(([tag]) => tag);
  expect(wide.length).toBe(2);
  for (const tag of wide) expect(tag).toMatch(/role="region" aria-label="\w+" tabindex="0"/);
});

Deno.test("the body alone links each run to the address that it is given", async () => {
  const comparison = compareRuns([runOf(summary, { name: "a b" }), openRunOf(summary)]);
  const linkOf = (name: string) => `/runs/${encodeURIComponent(name)}`;
  expect(String(await comparePageBody(comparison, { linkOf }))).toContain('href="/runs/a%20b"');
  expect(String(await comparePageBody(comparison))).not.toContain("href");
});

Deno.test("nothing that a run holds becomes markup: names, titles, keys, values, arms, tasks, targets, messages", async () => {
  const evil = `<img src=x onerror=alert(1)>"'&`;
  const hostile = {
    ...summary,
    study: {
      ...summary.study,
      facts: [[evil, evil]] as [string, string][],
      arms: summary.study.arms.map((arm) => ({ ...arm, title: evil + arm.id, task: evil })),
    },
    targets: summary.targets.map((target) => ({ ...target, title: evil, metric: evil })),
    measurements: summary.measurements.map((one) => ({ ...one, metric: evil, layer: evil })),
  };
  const run = (value: string) =>
    runOf(hostile, {
      ...{ name: evil, message: evil, state: "failed" },
      record: recordOf({ [evil + value]: evil }, { title: evil, resolved: { [evil]: value } }),
      attempts: [{ versions: { [evil]: value + evil }, hardware: {} }],
    });
  const page = await comparisonPage(compareRuns([run("1"), run("2")]));
  expect(page).not.toContain("<img");
  expect(page).toContain("&lt;img");
  expect([...page.matchAll(/<(\w+)[^>]*onerror/g)]).toEqual([]);
});
