/** What the pages show, as JSON; its errors are JSON too. */
import { Hono } from "hono";
import { stagesDone } from "../pipeline/status.ts";
import { toJsonResult } from "../report/json_result.ts";
import type { Glance, Snapshot } from "../registry/followed_run.ts";
import { runFacts } from "../registry/run_facts.ts";
import type { Runs } from "../registry/runs.ts";

/** `onFault` is told of every error that no one expected. */
export function createApi(runs: Runs, onFault: (error: Error) => void): Hono {
  const api = new Hono();
  api.get("/runs", async (c) => c.json((await runs.all()).map(runItem)));
  api.get("/runs/:id", async (c) => {
    const snapshot = await runs.find(c.req.param("id"));
    return snapshot ? c.json(runDetail(snapshot)) : c.json({ error: "There is no such run." }, 404);
  });
  api.all("*", (c) => c.json({ error: "There is no such address." }, 404));
  api.onError((error, c) => {
    onFault(error);
    return c.json({ error: "The runs cannot be read; the terminal of the server says why." }, 500);
  });
  return api;
}

/** One run in the list. */
function runItem({ name, record, state, message, status, notes }: Glance) {
  return {
    id: name,
    title: record?.title ?? name,
    /** What tells it from others of that title. */
    facts: runFacts(record),
    state,
    message: message ?? null,
    notes,
    createdAt: record?.createdAt ?? null,
    seconds: status?.seconds ?? null,
    lastEvent: status?.lastEvent ?? null,
    stages: { done: status ? stagesDone(status) : 0, total: record?.nodes.length ?? 0 },
    /** What starts it, and goes on with it. */
    command: record?.command ?? null,
  };
}

/** One run in full; `result` is what `--json` prints but for what it reads of other files of the run, `null` until the
 * run is finished. */
function runDetail(snapshot: Snapshot) {
  const { name, study, status, curves, summary } = snapshot;
  return {
    ...runItem(snapshot),
    study: study ?? null,
    nodes: status?.nodes ?? [],
    curves,
    result: summary && status ? toJsonResult(summary, name, status.seconds) : null,
  };
}
