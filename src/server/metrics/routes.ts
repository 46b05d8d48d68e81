/** `/metrics`, in the text that Prometheus reads, and the middleware that counts what it says of the server. */
import type { Handler, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Glance } from "../../registry/followed_run.ts";
import type { Registry } from "../../registry/registry.ts";
import { type CountedRuns, mostRuns, runMetrics, runStates } from "./run_metrics.ts";
import type { ServerMetrics } from "./server_metrics.ts";

/** Counts each answer by the route that gave it (the last that the router came to), of which there are few whatever is asked for. */
export function counted(metrics: ServerMetrics): MiddlewareHandler {
  return async (c, next) => {
    const began = performance.now();
    await next();
    metrics.answered(routePath(c), c.res.status, (performance.now() - began) / 1000);
  };
}

export function metricsRoute(registry: Registry, metrics: ServerMetrics): Handler {
  return async (c) => {
    const began = performance.now();
    await registry.refresh();
    metrics.refreshed((performance.now() - began) / 1000);
    const text = await metrics.text() + await runMetrics(await countRuns(registry), Date.now());
    return c.body(text, 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
  };
}

/** How many there are in each state, and those that have not ended. */
async function countRuns(registry: Registry): Promise<CountedRuns> {
  const counts = runStates.map((state) => [state, registry.count({ states: [state] })] as const);
  const atWork: Glance[] = [];
  for (const { name } of registry.list({ states: ["running", "waiting"], limit: mostRuns })) {
    const glance = await registry.runs.glance(name);
    if (glance) atWork.push(glance);
  }
  return { counts, atWork };
}
