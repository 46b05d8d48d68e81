/** docs/grafana.json against what /metrics says. */
import { expect } from "expect";
import { createApp } from "../../../src/server/app.ts";
import { runMetrics } from "../../../src/server/metrics/run_metrics.ts";
import { temporaryFolder } from "../../temporary_folder.ts";
import { request } from "../api/checked.ts";

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr: string }[];
}

const text = await Deno.readTextFile(new URL("../../../docs/grafana.json", import.meta.url));
const { panels }: { panels: readonly Panel[] } = JSON.parse(text);

/** Names of all series that /metrics can have. */
async function names(): Promise<Set<string>> {
  await using folder = await temporaryFolder();
  const server = await (await request(createApp({ out: folder.path }), "/metrics")).text();
  const types = `${server}${await runMetrics({ counts: [], atWork: [] }, 0)}`.matchAll(
    /^# TYPE (\S+) (\S+)$/gm,
  );
  return new Set(
    [...types].flatMap(([, name, type]) =>
      type === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name!]
    ),
  );
}

Deno.test("every series that the dashboard names is in /metrics, and every one in /metrics is in the dashboard", async () => {
  const known = await names();
  const named = new Set([...text.matchAll(/\bclusterfit_\w+/g)].map(([name]) => name));
  expect([...named].filter((name) => !known.has(name))).toEqual([]);
  const shown = (name: string) =>
    named.has(name) || named.has(name.replace(/_(sum|count)$/, "_bucket"));
  expect([...known].filter((name) => !shown(name))).toEqual([]);
});

Deno.test("every panel of the dashboard has a unit, and a title of its own", () => {
  expect(panels.length).toBeGreaterThan(10);
  for (const { title, type, fieldConfig, targets } of panels) {
    expect(title).not.toBe("");
    if (type === "row") continue;
    expect([title, fieldConfig?.defaults.unit]).toEqual([title, expect.stringMatching(/\w/)]);
    expect([title, targets!.length > 0]).toEqual([title, true]);
  }
  expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
});
