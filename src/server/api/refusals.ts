/** What the API says where it has nothing to show. */
import type { Context } from "hono";

export function noRun(c: Context, name: string) {
  const error = `There is no run ${JSON.stringify(name)}. /api/runs lists those that there are.`;
  return c.json({ error }, 404);
}

export function noResult(c: Context) {
  const error = "This run has no results yet. It publishes them when it ends: ask again then.";
  return c.json({ error }, 404);
}

export function noFile(c: Context) {
  const error =
    "The run lists no such file. Its artifacts are listed one level up, at .../artifacts.";
  return c.json({ error }, 404);
}
