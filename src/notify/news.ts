/** What people are told of a run, as data: the JSON form, which every other form is made of. */
import { z } from "zod";

/** `stands-still`: its process is there, and nothing happened for long. `test`: of no run. */
export const newsEventSchema = z.enum([
  "finished",
  "failed",
  "diverged",
  "interrupted",
  "stands-still",
  "test",
]);

export const newsSchema = z.object({
  schema: z.literal(1),
  event: newsEventSchema,
  /** Id of the run. */
  run: z.string(),
  title: z.string(),
  /** In sentences: what came of it, why it failed, what to do. */
  message: z.string(),
  /** Title of the stage that it is about; null where it is about the run. */
  stage: z.string().nullable(),
  stages: z.object({ done: z.int(), total: z.int() }),
  /** That a process was at work. */
  seconds: z.number(),
  /** Time of the run's last event; null where it has none. */
  at: z.iso.datetime().nullable(),
});

export type News = z.infer<typeof newsSchema>;

/** In one line: `clusterfit 1a2b3c: failed`. */
export function headlineOf({ event, run }: Pick<News, "event" | "run">): string {
  return `clusterfit ${run}: ${event === "stands-still" ? "stands still" : event}`;
}

/** As plain text, at most `limit` UTF-16 units of it. */
export function textOf(news: News, limit = Infinity): string {
  const what = news.title === "" ? "" : ` (${news.title})`;
  return cut(`${headlineOf(news)}${what}\n${news.message}`, limit);
}

/** Without half a character at its end. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
