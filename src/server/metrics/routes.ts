/** `/metrics`, in the text that Prometheus reads, and the middleware that counts what it says of the server. */
import type { Handler, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Registry } from "../../registry/registry.ts";
import { listedStates } from "../../registry/run_row.ts";
import { type CountedRuns, mostRuns, type RunAtWork, runMetrics } from "./run_metrics.ts";
import type { RunFiles } from "../../registry/run_files.ts";
import type { Places } from "../limits.ts";
import type { Resources } from "../resources.ts";
import { runUse } from "../run_use.ts";
import type { ServerMetrics } from "./server_metrics.ts";

export interface MetricsOptions {
  readonly registry: Registry;
  readonly files: RunFiles;
  readonly resources: Resources;
  readonly metrics: ServerMetrics;
  /** Of open streams. */
  readonly places: Pick<Places, "taken">;
}

/** Counts each answer by the route that gave it, the last that the router came to: there are few, whatever is asked
 * for. */
export function counted(metrics: ServerMetrics): MiddlewareHandler {
  return async (c, next) => {
    const began = performance.now();
    await next();
    metrics.answered(routePath(c), c.res.status, (performance.now() - began) / 1000);
  };
}

export function metricsRoute(
  { registry, files, resources, metrics, places }: MetricsOptions,
): Handler {
  return async (c) => {
    const began = performance.now();
    await registry.refresh();
    metrics.refreshed((performance.now() - began) / 1000);
    metrics.streams.set(places.taken);
    const text = await metrics.text() + await runMetrics(await countRuns(), Date.now());
    return c.body(text, 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
  };

  /** How many there are in each state, and those that have not ended. */
  async function countRuns(): Promise<CountedRuns> {
    const counts = listedStates.map((state) =>
      [state, registry.count({ states: [state] })] as const
    );
    const atWork: RunAtWork[] = [];
    for (const { name } of registry.list({ states: ["running", "waiting"], limit: mostRuns })) {
      const glance = await registry.runs.glance(name);
      if (glance) atWork.push({ ...glance, use: await runUse(files, resources, glance) });
    }
    return { counts, atWork };
  }
}
