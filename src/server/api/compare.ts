/** `/api/compare`: runs beside each other. */
import { Hono } from "hono";
import type { Snapshot } from "../../registry/followed_run.ts";
import type { Runs } from "../../registry/runs.ts";
import { compareRuns } from "../../report/comparison/compare_runs.ts";
import { comparisonSchema } from "../../report/comparison/comparison.ts";
import { answersJson, badQuery, query } from "./describe.ts";
import { compareQuery } from "./queries.ts";
import { noRun } from "./refusals.ts";

export function compareRoutes(runs: Runs): Hono {
  const routes = new Hono();
  routes.get(
    "/compare",
    answersJson(
      {
        operationId: "compareRuns",
        summary: "Runs beside each other",
        errors: { ...badQuery, 404: "One of them is not there" },
      },
      comparisonSchema,
      "What differs between them and what they measured: what `clusterfit compare --json` prints",
    ),
    query(compareQuery),
    async (c) => {
      const found: Snapshot[] = [];
      for (const name of c.req.valid("query").run) {
        const snapshot = await runs.find(name);
        if (!snapshot) return noRun(c, name);
        found.push(snapshot);
      }
      return c.json(compareRuns(found));
    },
  );
  return routes;
}
