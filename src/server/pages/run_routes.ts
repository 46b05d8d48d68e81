/** `/runs/:id` and the pages below it. */
import { Hono } from "hono";
import { readLogPage } from "../../registry/log_page.ts";
import type { RunFiles } from "../../registry/run_files.ts";
import { readSheet, readSheetPicture, sheetNodes } from "../../registry/run_sheets.ts";
import type { Runs } from "../../registry/runs.ts";
import { answerKept, Kept } from "../kept.ts";
import type { Resources } from "../resources.ts";
import { clustersPage } from "./clusters.ts";
import { htmlType, layout } from "./layout.ts";
import { logPage } from "./log.ts";
import { noClusters, noReport, unknownRun } from "./refusals.ts";
import { runPage } from "./run.ts";
import { RunViews } from "./run_view.ts";
import { moment, shownState } from "./shown_state.ts";

export function runRoutes(runs: Runs, files: RunFiles, resources: Resources): Hono {
  const views = new RunViews(files, resources);
  const kept = new Kept();
  const routes = new Hono();
  routes.get("/:id", async (c) => {
    const snapshot = await runs.find(c.req.param("id"));
    if (!snapshot) return unknownRun(c, c.req.param("id"));
    const make = async () => `${await layout(runPage(await views.of(snapshot)))}`;
    const pause = snapshot.state === "running" ? moment : 0;
    const state = shownState(snapshot, Date.now());
    return answerKept(c, await kept.of(snapshot.name, state, make, { pause }), htmlType);
  });
  routes.get("/:id/log", async (c) => {
    const glance = await runs.glance(c.req.param("id"));
    if (!glance) return unknownRun(c, c.req.param("id"));
    const end = Number(c.req.query("end") ?? Infinity);
    const page = await readLogPage(files, glance.name, end >= 0 ? end : Infinity);
    return c.html(layout(logPage(glance, page, Number.isFinite(end))));
  });
  routes.get("/:id/clusters", async (c) => {
    const glance = await runs.glance(c.req.param("id"));
    if (!glance) return unknownRun(c, c.req.param("id"));
    const { name: run, record } = glance;
    const nodes = record ? sheetNodes(record) : [];
    const node = nodes.find(({ id }) => id === c.req.query("of")) ?? nodes[0];
    if (!record || !node) return noClusters(c);
    const sheet = await readSheet(files, run, record, node.id);
    return c.html(layout(clustersPage({ run, title: record.title, nodes, node, sheet })));
  });
  routes.get("/:id/sheets/:node", async (c) => {
    const glance = await runs.glance(c.req.param("id"));
    if (!glance) return unknownRun(c, c.req.param("id"));
    const { name, record } = glance;
    const png = record && await readSheetPicture(files, name, record, c.req.param("node"));
    return png ? c.body(png, 200, { "content-type": "image/png" }) : noClusters(c);
  });
  routes.get("/:id/report", async (c) => {
    const id = c.req.param("id");
    if (!await runs.has(id)) return unknownRun(c, id);
    const report = await runs.report(id);
    return report === undefined ? noReport(c) : c.html(report);
  });
  return routes;
}
