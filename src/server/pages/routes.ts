/** The pages, as routes over the runs. */
import { type Context, Hono } from "hono";
import type { Snapshot } from "../../registry/followed_run.ts";
import type { Runs } from "../../registry/runs.ts";
import { compareRuns } from "../../report/comparison/compare_runs.ts";
import { mostRuns } from "../../report/comparison/comparison.ts";
import { refuse } from "../refusal.ts";
import { comparePage } from "./compare.ts";
import { layout } from "./layout.ts";
import { runPage } from "./run.ts";
import { runListPage } from "./run_list.ts";

export function createPages(runs: Runs): Hono {
  const pages = new Hono();
  pages.get("/", async (c) => c.html(layout(runListPage(await runs.all()))));
  pages.get("/runs/:id", async (c) => {
    const snapshot = await runs.find(c.req.param("id"));
    return snapshot ? c.html(layout(runPage(snapshot))) : unknownRun(c, c.req.param("id"));
  });
  pages.get("/runs/:id/report", async (c) => {
    const id = c.req.param("id");
    if (!await runs.has(id)) return unknownRun(c, id);
    const report = await runs.report(id);
    return report === undefined ? noReport(c) : c.html(report);
  });
  pages.get("/compare", async (c) => {
    const names = [...new Set(c.req.queries("run"))];
    if (names.length < 2 || names.length > mostRuns) return wrongNumber(c, names.length);
    const found: Snapshot[] = [];
    for (const name of names) {
      const snapshot = await runs.find(name);
      if (!snapshot) return unknownRun(c, name);
      found.push(snapshot);
    }
    return c.html(layout(comparePage(compareRuns(found))));
  });
  return pages;
}

function wrongNumber(c: Context, found: number) {
  return refuse(
    c,
    400,
    `Two to ${mostRuns} runs can be compared`,
    `The address names ${found} of them: it ends in compare?run=<run>&run=<run>. The list shows the runs here.`,
  );
}

function unknownRun(c: Context, name: string) {
  return refuse(
    c,
    404,
    `There is no run “${name}”`,
    "It may lie in another folder: start the server with --out. The list shows the runs here.",
  );
}

function noReport(c: Context) {
  return refuse(
    c,
    404,
    "No report yet",
    "The report is written when the run finishes; its page shows how far it is.",
  );
}
