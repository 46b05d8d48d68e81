/** Gathers what the page of a run shows. */
import type { Snapshot } from "../../registry/followed_run.ts";
import { readLogPage } from "../../registry/log_page.ts";
import { listArtifacts } from "../../registry/run_artifacts.ts";
import type { RunFiles } from "../../registry/run_files.ts";
import { readPlan } from "../../registry/run_plan.ts";
import { sheetNodes } from "../../registry/run_sheets.ts";
import { timeToGo } from "../../registry/time_to_go.ts";
import type { Resources } from "../resources.ts";
import { runUse } from "../run_use.ts";
import { CurveDrawings } from "./curves.ts";
import type { RunView } from "./run.ts";

export class RunViews {
  readonly #files: RunFiles;
  readonly #resources: Resources;
  readonly #drawings = new CurveDrawings();

  constructor(files: RunFiles, resources: Resources) {
    this.#files = files;
    this.#resources = resources;
  }

  async of(snapshot: Snapshot): Promise<RunView> {
    const { name, record, status } = snapshot;
    const files = this.#files;
    const forecast = record && await readPlan(files, name, record.id);
    const toGo = record && status && timeToGo(record, status, forecast, Date.now());
    const { artifacts } = record ? await listArtifacts(files, name, record) : { artifacts: [] };
    const sheets = new Set(record && sheetNodes(record).map(({ id }) => id));
    return {
      snapshot,
      curves: await this.#drawings.of(snapshot),
      log: status ? await readLogPage(files, name) : { events: [] },
      artifacts,
      toGo,
      using: await runUse(files, this.#resources, snapshot),
      hasClusters: artifacts.some(({ node }) => sheets.has(node)),
    };
  }
}
