/** `/metrics`, in the text that Prometheus reads, and the middleware that counts what it says of the server. */
import type { Handler, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Runs } from "../../registry/runs.ts";
import { runMetrics } from "./run_metrics.ts";
import type { ServerMetrics } from "./server_metrics.ts";

/** Counts each answer by the route that gave it (the last that the router came to), of which there are few whatever is asked for. */
export function counted(metrics: ServerMetrics): MiddlewareHandler {
  return async (c, next) => {
    const began = performance.now();
    await next();
    metrics.answered(routePath(c), c.res.status, (performance.now() - began) / 1000);
  };
}

export function metricsRoute(runs: Runs, metrics: ServerMetrics): Handler {
  return async (c) => {
    const began = performance.now();
    const all = await runs.all();
    metrics.refreshed((performance.now() - began) / 1000);
    const text = await metrics.text() + await runMetrics(all, Date.now());
    return c.body(text, 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
  };
}
