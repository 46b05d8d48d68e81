/** Answers that many ask for are made once in a while, and in between given as they were. */
import type { MiddlewareHandler } from "hono";
import { answerKept, type Kept } from "./kept.ts";

/** An answer that only who asked for it gets: an error, or one that does not end. */
class NotKept extends Error {}

/** Makes an answer anew after `pause` milliseconds at the earliest, and later where making it took long, so that ten
 * who watch a run cost what one costs. */
export function keepAnswers(kept: Kept, pause: number): MiddlewareHandler {
  return async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    let isMaker = false;
    try {
      const text = await kept.of(pathname + search, {}, async () => {
        isMaker = true;
        await next();
        const type = c.res.headers.get("content-type") ?? "";
        if (c.res.status !== 200 || !/^(text\/html|application\/json)/.test(type)) {
          throw new NotKept();
        }
        return await c.res.text();
      }, { pause });
      const type = pathname.startsWith("/api/") ? "application/json" : "text/html; charset=UTF-8";
      c.res = undefined; // its headers would be merged
      c.res = answerKept(c, { ...text, stale: false }, type);
    } catch (error) {
      if (!(error instanceof NotKept)) throw error;
      if (!isMaker) await next();
    }
  };
}
