/** Says why a request is not answered: as JSON below /api, as a page elsewhere. */
import type { Context } from "hono";
import { layout } from "./pages/layout.ts";
import { messagePage } from "./pages/message.ts";

export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 421 | 429 | 500 | 503;

export function refuse(c: Context, status: RefusalStatus, what: string, advice: string) {
  if (/^\/api(\/|$)/.test(c.req.path)) return c.json({ error: `${what}. ${advice}` }, status);
  return c.html(layout(messagePage(what, advice)), status);
}
