/** The pages, as routes over the runs. */
import { Hono } from "hono";
import { compareRuns } from "../../report/comparison/compare_runs.ts";
import { mostRuns } from "../../report/comparison/comparison.ts";
import type { Snapshot } from "../../registry/followed_run.ts";
import { experimentRuns } from "../../registry/experiments.ts";
import type { Registry } from "../../registry/registry.ts";
import type { RunFiles } from "../../registry/run_files.ts";
import { answerKept, Kept } from "../kept.ts";
import { FreshList } from "../fresh_list.ts";
import type { Resources } from "../resources.ts";
import { comparePage } from "./compare.ts";
import { experimentsPage } from "./experiments.ts";
import { htmlType, layout } from "./layout.ts";
import { listRuns, readQuery } from "./listing.ts";
import { unknownRun, wrongNumber } from "./refusals.ts";
import { runListPage } from "./run_list.ts";
import { runRoutes } from "./run_routes.ts";
import { moment, shownState } from "./shown_state.ts";

export interface PagesOptions {
  readonly registry: Registry;
  readonly files: RunFiles;
  readonly resources: Resources;
}

export function createPages(
  { registry, files, resources }: PagesOptions,
): Hono {
  const { runs } = registry;
  const list = new FreshList(registry);
  const compared = new Kept();
  const pages = new Hono();
  pages.get("/", async (c) => {
    await list.look();
    return c.html(layout(runListPage(listRuns(registry, readQuery((name) => c.req.query(name))))));
  });
  pages.get("/experiments", async (c) => {
    await list.look();
    return c.html(layout(experimentsPage(await experimentRuns(registry))));
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
    const state = JSON.stringify(found.map((snapshot) => shownState(snapshot, 0)));
    const make = async () => `${await layout(comparePage(compareRuns(found)))}`;
    const text = await compared.of(JSON.stringify(names), state, make, { pause: moment });
    return answerKept(c, text, htmlType);
  });
  pages.route("/runs", runRoutes(runs, files, resources));
  return pages;
}
