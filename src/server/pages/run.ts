/** `/runs/:id`: one run as it goes. */
import { html } from "hono/html";
import type { Html } from "../../report/html.ts";
import { claimsTable } from "../../report/sections/claims_table.ts";
import { legend } from "../../report/sections/legend.ts";
import { missingList } from "../../report/sections/missing_list.ts";
import { featuresTable } from "../../report/sections/features_table.ts";
import { resultsTables } from "../../report/sections/results_table.ts";
import { shellCommand } from "../../report/shell.ts";
import { formatDuration } from "../../report/duration.ts";
import type { Summary } from "../../results/summary.ts";
import { verdict } from "../../results/verdict.ts";
import { stagesDone } from "../../pipeline/status.ts";
import type { Snapshot } from "../../registry/followed_run.ts";
import type { LogPage } from "../../registry/log_page.ts";
import type { TimeToGo } from "../../registry/time_to_go.ts";
import { pathOf } from "../api/links.ts";
import type { RunUse } from "../run_use.ts";
import { runFigures } from "./figures.ts";
import { type Box, boxesOf } from "./graph/boxes.ts";
import { graphDrawing } from "./graph/draw.ts";
import type { Page } from "./layout.ts";
import { eventLog } from "./log.ts";
import { provenance } from "./provenance.ts";
import { stagesTables } from "./stages.ts";

/** What its page shows of a run. */
export interface RunView {
  readonly snapshot: Snapshot;
  /** Drawn. */
  readonly curves: readonly Html[];
  readonly log: LogPage;
  /** The table of its files. */
  readonly artifacts: Html;
  readonly toGo: TimeToGo | undefined;
  readonly using: RunUse;
  /** Whether pictures of its clusters were drawn. */
  readonly hasClusters: boolean;
}

export function runPage(view: RunView): Page {
  const { snapshot, log, artifacts } = view;
  const { name, state, record, status, notes, summary } = snapshot;
  const title = record?.title ?? name;
  const boxes = record && status ? boxesOf(record.nodes, status.nodes) : [];
  return {
    title,
    live: isLive(snapshot) ? { every: 2, stream: streamOf(snapshot) } : { every: 30 },
    place: "runs",
    body: html`
      <p class="eyebrow"><a href="/">Runs</a> / ${name}</p>
      <h1>${title}</h1>
      <div id="state">
        ${headline(snapshot)} ${advice(snapshot)} ${notes.map((note) =>
          html`<p class="note">${note}</p>`
        )}
      </div>
      ${status && state === "running" && runFigures(status, view.toGo, view.using)}
      ${links(view)}
      ${summary && result(summary)}
      ${boxes.length > 0 && graph(boxes)}
      ${training(view)}
      ${boxes.length > 0 && stages(boxes)}
      ${status && html`
        <section id="log">
          <h2>Events <small>(UTC, newest first)</small></h2>
          <div class="scroll" id="log-scroll" tabindex="0" role="region" aria-label="Events">
            ${eventLog(name, log, false)}
          </div>
        </section>
      `}
      <section id="artifacts">${artifacts}</section>
      ${provenance(snapshot)}
    `,
  };
}

/** Tells what happens after what is shown. */
function streamOf({ name, lastEventId }: Snapshot): string {
  const after = lastEventId === undefined ? "" : `?after=${lastEventId}`;
  return `/api${pathOf("runs", name, "stream")}${after}`;
}

/** A run that has ended otherwise than by finishing may go on. A finished one may be moved or removed. */
function isLive({ state }: Pick<Snapshot, "state">): boolean {
  return state !== "finished";
}

function headline({ state, message, status }: Snapshot): Html {
  const progress = status
    ? ` · ${stagesDone(status)} of ${status.nodes.length} stages · ${
      formatDuration(status.seconds)
    }`
    : "";
  return html`
    <p class="note"><b class="state-${state}">${state}</b>${progress}</p>
    ${message && html`<p class="message">${message}</p>`}
  `;
}

/** How to go on with a run that nobody is working on. */
function advice({ state, status, record }: Snapshot): Html | undefined {
  const text = state === "damaged" ? adviceOnDamage(status, record) : adviceByState[state];
  if (text === undefined) return undefined;
  const command = record && html`<pre><code>${shellCommand(record.command)}</code></pre>`;
  return html`<p class="note">${text}</p> ${command}`;
}

const adviceByState: Partial<Record<Snapshot["state"], string>> = {
  interrupted:
    "No process works on it any more: it was killed, or the machine went down. Nothing " +
    "that was finished is lost. Go on where it stopped with",
  stopped: "Go on where it stopped with",
  failed: "Go on where it stopped with",
};

function adviceOnDamage(status: Snapshot["status"], record: Snapshot["record"]): string {
  if (status) return "What is damaged is made again by";
  return record
    ? "Once that file can be read again, the run is shown here. It goes on with"
    : "Once that file can be read again, the run is shown here.";
}

function links({ snapshot: { name, hasReport, summary }, hasClusters }: RunView): Html {
  return html`
    <p id="links">
      ${summary && hasReport &&
        html`<a href="${pathOf("runs", name, "report")}">Open the report</a>`}
      ${summary && hasReport && hasClusters && " · "}
      ${hasClusters && html`<a href="${pathOf("runs", name, "clusters")}">Look at the clusters</a>`}
    </p>
  `;
}

function result(summary: Summary): Html {
  return html`
    <section id="result">
      <p class="verdict">${verdict(summary)}</p>
      ${summary.missing.length > 0 && missingList(summary)}
      ${summary.study.claims.length > 0 && claimsTable(summary)}
      ${summary.targets.length > 0 && resultsTables(summary)}
      ${featuresTable(summary)}
    </section>
  `;
}

function graph(boxes: readonly Box[]): Html {
  return html`
    <section id="graph-section">
      <h2>Stages as a graph</h2>
      ${graphDrawing(boxes)}
    </section>
  `;
}

function stages(boxes: readonly Box[]): Html {
  return html`
    <section id="stages">
      <h2>Stages</h2>
      ${stagesTables(boxes)}
    </section>
  `;
}

function training({ snapshot: { study }, curves }: RunView): Html | undefined {
  if (!study || curves.length === 0) return undefined;
  return html`
    <section id="training">
      <h2>Training</h2>
      ${legend(study.arms.filter(({ task }) => task !== null))}
      <div class="charts">${curves}</div>
    </section>
  `;
}
