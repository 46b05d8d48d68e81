/** The status server as a function of requests: read-only, over the run folders in `out`. */
import { type Context, Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { readTextIfThere } from "../pipeline/files.ts";
import { runPaths } from "../pipeline/store.ts";
import { runDetail, runItem } from "./api.ts";
import { layout, liveScriptHash, type Page } from "./pages/layout.ts";
import { messagePage } from "./pages/message.ts";
import { runPage } from "./pages/run.ts";
import { runListPage } from "./pages/run_list.ts";
import { Snapshots } from "./snapshot.ts";

/** `app.request("/api/runs")` answers without a port. */
export function createApp({ out }: { out: string }): Hono {
  const runs = new Snapshots(out);
  const app = new Hono();

  app.use(secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      connectSrc: ["'self'"],
      imgSrc: ["data:"],
      scriptSrc: [liveScriptHash],
      styleSrc: ["'unsafe-inline'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: "no-referrer",
    strictTransportSecurity: false,
  }));
  app.use(async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
  });

  app.get("/healthz", (c) => c.text("ok"));
  app.get("/", async (c) => c.html(layout(runListPage(await runs.all(), Date.now()))));
  app.get("/runs/:id", async (c) => {
    const snapshot = await runs.find(c.req.param("id"));
    return snapshot ? c.html(layout(runPage(snapshot, Date.now()))) : unknownRun(c);
  });
  app.get("/runs/:id/report", async (c) => {
    const dir = await runs.folder(c.req.param("id"));
    if (dir === undefined) return unknownRun(c);
    const report = await readTextIfThere(runPaths(dir).report);
    return report === undefined ? noReport(c) : c.html(report);
  });

  app.get("/api/runs", async (c) => c.json((await runs.all()).map(runItem)));
  app.get("/api/runs/:id", async (c) => {
    const snapshot = await runs.find(c.req.param("id"));
    return snapshot ? c.json(runDetail(snapshot)) : c.json({ error: "There is no such run." }, 404);
  });

  app.all("/api/*", (c) => c.json({ error: "There is no such address." }, 404));

  app.onError((error, c) =>
    c.html(layout(messagePage("This run cannot be read", error.message)), 500)
  );
  app.notFound((c) => missing(c, messagePage("No such page", "The list of runs is at /.")));
  return app;
}

function unknownRun(c: Context<object, "/runs/:id">) {
  return missing(
    c,
    messagePage(
      `There is no run “${c.req.param("id")}”`,
      "It may lie in another folder: start the server with --out. The list shows the runs here.",
    ),
  );
}

function noReport(c: Context) {
  return missing(
    c,
    messagePage(
      "No report yet",
      "The report is written when the run finishes; its page shows how far it is.",
    ),
  );
}

function missing(c: Context, page: Page) {
  return c.html(layout(page), 404);
}
