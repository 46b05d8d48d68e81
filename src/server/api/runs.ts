/** `/api/runs`: what there is, and one run in full. */
import { Hono } from "hono";
import { toJsonResult } from "../../report/json_result.ts";
import type { Registry } from "../../registry/registry.ts";
import { answersJson, badQuery, query, unknownRun } from "./describe.ts";
import { runsQuery } from "./queries.ts";
import { noResult, noRun } from "./refusals.ts";
import { resultSchema } from "./result_schema.ts";
import { curvesSchema, runDetailSchema, runListSchema } from "./schemas.ts";
import { runDetail } from "./views.ts";

export function runRoutes(registry: Registry): Hono {
  const { runs } = registry;
  const routes = new Hono();
  routes.get(
    "/",
    answersJson(
      { operationId: "listRuns", summary: "The runs, newest first", errors: badQuery },
      runListSchema,
      "One page of the runs that the filters let through",
    ),
    query(runsQuery),
    async (c) => {
      const { state: states, since: from, until: to, q: text, ...same } = c.req.valid("query");
      const filter = {
        ...same,
        ...(states && { states }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(text !== undefined && { text }),
      };
      await registry.refresh();
      return c.json({ total: registry.count(filter), runs: registry.list(filter) });
    },
  );
  routes.get(
    "/:run",
    answersJson(
      { operationId: "showRun", summary: "One run as it stands", errors: unknownRun },
      runDetailSchema,
      "All of it but its curves, events and files, which have addresses of their own",
    ),
    async (c) => {
      const snapshot = await runs.find(c.req.param("run"));
      return snapshot ? c.json(runDetail(snapshot)) : noRun(c, c.req.param("run"));
    },
  );
  routes.get(
    "/:run/curves",
    answersJson(
      { operationId: "showCurves", summary: "Its training curves", errors: unknownRun },
      curvesSchema,
      "As far as the networks are trained",
    ),
    async (c) => {
      const snapshot = await runs.find(c.req.param("run"));
      return snapshot ? c.json({ curves: snapshot.curves }) : noRun(c, c.req.param("run"));
    },
  );
  routes.get(
    "/:run/result",
    answersJson(
      {
        operationId: "showResult",
        summary: "What came of it",
        errors: { 404: "There is no such run, or it has not published its results yet" },
      },
      resultSchema,
      "What `--json` prints, without what that reads of other files",
    ),
    async (c) => {
      const snapshot = await runs.find(c.req.param("run"));
      if (!snapshot) return noRun(c, c.req.param("run"));
      const { summary, status, name } = snapshot;
      return summary && status ? c.json(toJsonResult(summary, name, status.seconds)) : noResult(c);
    },
  );
  return routes;
}
