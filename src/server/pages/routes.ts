/** The pages, as routes over the runs. */
import { type Context, Hono } from "hono";
import type { Runs } from "../../registry/runs.ts";
import { refuse } from "../refusal.ts";
import { layout } from "./layout.ts";
import { runPage } from "./run.ts";
import { runListPage } from "./run_list.ts";

export function createPages(runs: Runs): Hono {
  const pages = new Hono();
  pages.get("/", async (c) => c.html(layout(runListPage(await runs.all()))));
  pages.get("/runs/:id", async (c) => {
    const snapshot = await runs.find(c.req.param("id"));
    return snapshot ? c.html(layout(runPage(snapshot))) : unknownRun(c);
  });
  pages.get("/runs/:id/report", async (c) => {
    const id = c.req.param("id");
    if (!await runs.has(id)) return unknownRun(c);
    const report = await runs.report(id);
    return report === undefined ? noReport(c) : c.html(report);
  });
  return pages;
}

function unknownRun(c: Context<object, "/runs/:id">) {
  return refuse(
    c,
    404,
    `There is no run “${c.req.param("id")}”`,
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
