/** `/api/runs/:run/events`: what happened in a run, a page at a time. */
import { Hono } from "hono";
import type { z } from "zod";
import { formatEventId, logName, parseEventId } from "../../registry/event_id.ts";
import type { RunFiles } from "../../registry/run_files.ts";
import type { Runs } from "../../registry/runs.ts";
import { readEvents } from "../streams/history.ts";
import { answersJson, badQuery, query, unknownRun } from "./describe.ts";
import { eventsQuery } from "./queries.ts";
import { noRun } from "./refusals.ts";
import { eventsSchema } from "./schemas.ts";

type Page = z.infer<typeof eventsSchema>;

export function eventRoutes(runs: Runs, files: RunFiles): Hono {
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
      if (!glance) return noRun(c);
      const { after, limit } = c.req.valid("query");
      const { name, record } = glance;
      const file = record && await files.open(name, "events.jsonl");
      if (!file) return c.json<Page>({ events: [], next: null });
      return c.json(await pageOf(readEvents(file, record.id), after, limit));
    },
  );
  return routes;
}

async function pageOf(
  all: AsyncGenerator<Page["events"][number]["event"]>,
  after: string | undefined,
  limit: number,
): Promise<Page> {
  const known = after === undefined ? undefined : parseEventId(after);
  const events: Page["events"] = [];
  let log = "";
  let n = 0;
  let from = 0;
  for await (const event of all) {
    if (n++ === 0) {
      log = logName(event);
      if (known?.log === log) from = known.n;
    }
    if (n <= from) continue;
    if (events.length === limit) return { events, next: events.at(-1)!.id };
    events.push({ id: formatEventId({ log, n }), event });
  }
  return { events, next: null };
}
