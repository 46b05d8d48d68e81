/** Server-sent events as text. */
import type { RunEvent } from "../../pipeline/events.ts";
import { type EventId, formatEventId } from "../../registry/event_id.ts";

/** Sent at once: after how many milliseconds a client that was cut off comes again. */
export const greeting = "retry: 1000\n\n";

/** A comment, for connections on which nothing else happens. */
export const heartbeat = ":\n\n";

/** The log is another one, or was cut: what the client has is void, and all comes again. Its id says so, too, should
 * the client be cut off before the first event. */
export function reset(log = "00000000"): string {
  return `id: ${formatEventId({ log, n: 0 })}\nevent: reset\ndata: {}\n\n`;
}

/** The run is there no more; the stream ends. */
export const gone = "event: gone\ndata: {}\n\n";

export function eventMessage(id: EventId, event: RunEvent): string {
  return `id: ${formatEventId(id)}\ndata: ${JSON.stringify(event)}\n\n`;
}
