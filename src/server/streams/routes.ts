/** `/api/runs/:run/stream`: a run's events as they come. */
import { Hono } from "hono";
import { parseEventId } from "../../registry/event_id.ts";
import type { Runs } from "../../registry/runs.ts";
import { z } from "zod";
import { answers, query, unknownRun } from "../api/describe.ts";
import { noRun } from "../api/refusals.ts";
import { type Places, retryAfter } from "../limits.ts";
import type { Asker } from "../listen.ts";
import type { EventStreams } from "./event_streams.ts";

const streamQuery = z.strictObject({
  after: z.string().regex(/^[\da-f]{8}\.\d{1,15}$/, "needs the id of an event, such as 8f1c02aa.17")
    .optional()
    .describe("The id of the last event that is known; `Last-Event-ID` goes before it"),
});

export interface StreamRoutesOptions {
  readonly runs: Runs;
  readonly streams: EventStreams;
  /** Of open streams. */
  readonly places: Places;
}

export function streamRoutes({ runs, streams, places }: StreamRoutesOptions): Hono {
  const routes = new Hono<{ Bindings: Partial<Asker> | undefined }>();
  routes.get(
    "/:run/stream",
    answers(
      {
        operationId: "streamEvents",
        summary: "Its events as they come",
        description:
          "Server-sent events. Each is an event of the run, in order, with the id by which `Last-Event-ID`, or the " +
          "parameter `after`, goes on behind it, also at another server. A message of the type `reset` says that the " +
          "log was replaced: what came before is void, and all comes again. One of the type `gone` ends the " +
          "stream where the run was removed. A comment comes every 15 seconds.",
        errors: { ...unknownRun, 429: "Too many streams are open" },
      },
      {
        description: "Events until the client goes",
        content: { "text/event-stream": { schema: { type: "string" } } },
      },
    ),
    query(streamQuery),
    async (c) => {
      const run = c.req.param("run");
      if (!await runs.has(run)) return noRun(c, run);
      const headers = { "content-type": "text/event-stream", "x-accel-buffering": "no" };
      if (c.req.method === "HEAD") return c.body(null, 200, headers);
      const place = places.take(c.env?.client ?? "");
      if ("full" in place) {
        c.header("retry-after", `${retryAfter}`);
        const error = "Too many event streams are open. Close some, or ask again later.";
        return c.json({ error }, place.full === "all" ? 503 : 429);
      }
      const given = c.req.header("last-event-id") || c.req.query("after");
      const after = given === undefined ? undefined : parseEventId(given) ?? { log: "", n: 0 };
      return c.body(streams.open(run, after, place.free), 200, headers);
    },
  );
  return routes as unknown as Hono;
}
