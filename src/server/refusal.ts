/** Says why a request is not answered: as JSON below /api, as a page elsewhere. */
import type { Context } from "hono";
import type { Html } from "../report/html.ts";
import { layout } from "./pages/layout.ts";
import { messagePage } from "./pages/message.ts";

export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 421 | 429 | 500 | 503;

/** `more`: what a page shows below the words. */
export function refuse(
  c: Context,
  status: RefusalStatus,
  what: string,
  advice: string,
  more?: Html,
) {
  if (/^\/api(\/|$)/.test(c.req.path)) return c.json({ error: `${what}. ${advice}` }, status);
  return c.html(layout(messagePage(what, advice, more)), status);
}
