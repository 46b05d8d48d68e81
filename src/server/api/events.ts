/** `/api/runs/:run/events`: what happened in a run, a page at a time. */
import { Hono } from "hono";
import type { RunFiles } from "../../registry/run_files.ts";
import type { Runs } from "../../registry/runs.ts";
import { answersJson, badQuery, query, unknownRun } from "./describe.ts";
import { type EventPage, EventPages } from "./event_pages.ts";
import { eventsQuery } from "./queries.ts";
import { noRun } from "./refusals.ts";
import { eventsSchema } from "./schemas.ts";

export function eventRoutes(runs: Runs, files: RunFiles): Hono {
  const pages = new EventPages(files);
  const routes = new Hono();
  routes.get(
    "/:run/events",
    answersJson(
      {
        operationId: "listEvents",
        summary: "What happened in it",
        description:
          "In order, from its beginning or behind an event. `stream` gives them as they come.",
        errors: { ...badQuery, ...unknownRun },
      },
      eventsSchema,
      "One page of its events",
    ),
    query(eventsQuery),
    async (c) => {
      const glance = await runs.glance(c.req.param("run"));
      if (!glance) return noRun(c, c.req.param("run"));
      const { after, limit } = c.req.valid("query");
      const { name, record } = glance;
      if (!record) return c.json<EventPage>({ events: [], next: null });
      return c.json(await pages.read({ name, id: record.id }, after, limit));
    },
  );
  return routes;
}
