/** Gathers what the page of a run shows. */
import { raw } from "hono/html";
import { isDone } from "../../pipeline/status.ts";
import type { Snapshot } from "../../registry/followed_run.ts";
import { readLogPage } from "../../registry/log_page.ts";
import { listArtifacts } from "../../registry/run_artifacts.ts";
import type { RunFiles } from "../../registry/run_files.ts";
import { readPlan } from "../../registry/run_plan.ts";
import { sheetNodes } from "../../registry/run_sheets.ts";
import { timeToGo } from "../../registry/time_to_go.ts";
import type { Html } from "../../report/html.ts";
import { Kept } from "../kept.ts";
import type { Resources } from "../resources.ts";
import { runUse } from "../run_use.ts";
import { artifactsTable } from "./artifacts.ts";
import { CurveDrawings } from "./curves.ts";
import type { RunView } from "./run.ts";

export class RunViews {
  readonly #files: RunFiles;
  readonly #resources: Resources;
  readonly #drawings = new CurveDrawings();
  readonly #tables = new Kept();

  constructor(files: RunFiles, resources: Resources) {
    this.#files = files;
    this.#resources = resources;
  }

  async of(snapshot: Snapshot): Promise<RunView> {
    const { name, record, status } = snapshot;
    const files = this.#files;
    const forecast = record && await readPlan(files, name, record.id);
    const toGo = record && status && timeToGo(record, status, forecast, Date.now());
    const done = new Set(status?.nodes.filter(isDone).map(({ id }) => id));
    return {
      snapshot,
      curves: await this.#drawings.of(snapshot),
      log: status ? await readLogPage(files, name) : { events: [] },
      artifacts: await this.#artifacts(snapshot, done),
      toGo,
      using: await runUse(files, this.#resources, snapshot),
      hasClusters: record !== undefined && sheetNodes(record).some(({ id }) => done.has(id)),
    };
  }

  /** Manifests are read again once other stages are done. */
  async #artifacts({ name, record }: Snapshot, done: ReadonlySet<string>): Promise<Html> {
    if (!record) return raw("");
    const { text } = await this.#tables.of(name, [...done].join(" "), async () => {
      const { artifacts } = await listArtifacts(this.#files, name, record);
      return `${await artifactsTable(name, artifacts) ?? ""}`;
    });
    return raw(text);
  }
}
