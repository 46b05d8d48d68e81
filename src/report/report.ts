/** `report.html`: a run on one page that needs nothing but itself. */
import { html, raw } from "hono/html";
import { wallSeconds } from "../pipeline/timing.ts";
import { count } from "../results/count.ts";
import { layerScores } from "../results/layers.ts";
import type { Clustering, Summary } from "../results/summary.ts";
import { verdict } from "../results/verdict.ts";
import { pointText } from "../results/words.ts";
import { studyFacts } from "../results/study_facts.ts";
import { figure } from "./charts/chart.ts";
import { clusterSizesChart } from "./charts/cluster_sizes.ts";
import { curveCharts } from "./charts/curves.ts";
import { layerwiseChart, mostBars } from "./charts/layerwise.ts";
import { hasBestLayers, layerOf } from "./best_layers.ts";
import { formatDuration } from "./duration.ts";
import { emptyClusterNotes } from "./empty_clusters.ts";
import { untrainedNotes } from "./untrained.ts";
import type { Html } from "./html.ts";
import { drawnClustering, type ReportInput } from "./input.ts";
import { leftOutText } from "./left_out.ts";
import { paperResult } from "./paper.ts";
import { alongAxes } from "./sections/along_axes.ts";
import { claimsTable } from "./sections/claims_table.ts";
import { clusteringsTable, isNarrow } from "./sections/clusterings.ts";
import { contactSheet, type Sheet } from "./sections/contact_sheet.ts";
import { facts, flatten } from "./sections/facts.ts";
import { featuresTable } from "./sections/features_table.ts";
import { layersTable } from "./sections/layers_table.ts";
import { legend } from "./sections/legend.ts";
import { makersFacts, makersOf } from "./sections/makers.ts";
import { missingList } from "./sections/missing_list.ts";
import { paperSection } from "./sections/paper_section.ts";
import { planTable } from "./sections/plan_table.ts";
import { resultsTables } from "./sections/results_table.ts";
import { stagesTable } from "./sections/stages_table.ts";
import { shellCommand, withoutOutput } from "./shell.ts";
import { style } from "./style.ts";
import { utcMinute } from "./utc.ts";

/**
 * The whole page. No script, no request to anywhere: it opens from the disk as it is.
 *
 * @example The report of a run
 * ```ts
 * import { openRun, readReportInput, renderReport } from "clusterfit";
 *
 * const page = await renderReport(await readReportInput(await openRun("runs/mine")));
 * await Deno.writeTextFile("report.html", page);
 * ```
 */
export async function renderReport(input: ReportInput): Promise<string> {
  const sections = [claims, results, features, clusters, training, use, provenance, plan].map((
    section,
  ) => section(input));
  const page = await html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${input.record.title} · ClusterFit</title>
        <style>${raw(style)}</style>
      </head>
      <body>
        <header>${head(input)}</header>
        <main>${sections}</main>
      </body>
    </html>
  `;
  return page.trimStart();
}

function head({ record, summary, events, leftOut = [] }: ReportInput): Html {
  const line = [
    ...studyFacts(summary.study).map((fact) => fact.join(" ")),
    record.resolved.device,
    formatDuration(wallSeconds(events)),
    `${utcMinute(record.createdAt)} UTC`,
  ].filter((fact) => fact !== undefined).join(" · ");
  return html`
    <p class="eyebrow">ClusterFit · ${record.id}</p>
    <h1>${record.title}</h1>
    <p class="verdict">${verdict(summary).replaceAll(" ± ", "\u00a0±\u00a0")}</p>
    <p class="note">${line}</p>
    ${leftOut.map((left) =>
      html`
        <p class="note">${leftOutText({ ...left, list: `artifacts/${left.node}/bad.csv` })}</p>
      `
    )} ${summary.missing.length > 0 && missingList(summary)}
  `;
}

function claims({ summary }: ReportInput): Html | undefined {
  if (summary.study.claims.length === 0) return undefined;
  return html`
    <h2>Claims</h2>
    ${claimsTable(summary)}
  `;
}

function results({ summary }: ReportInput): Html | undefined {
  if (summary.targets.length === 0) return undefined;
  const { study } = summary;
  return html`
    <h2>Transfer</h2>
    ${legend(study.arms)} ${alongAxes(
      summary,
    )} ${study.axes.some(({ values }) => values.length > 1) &&
      html`<h3>Scores</h3>`} ${resultsTables(summary)} ${layerByLayer(
        summary,
      )} ${study.paper.length > 0 && html`<h3>The paper, for scale</h3>`} ${study.paper
      .map(paperResult).map(paperSection)}
  `;
}

function features({ summary }: ReportInput): Html | undefined {
  const table = featuresTable(summary);
  return table && html`
    <h2>Features</h2>
    ${table}
  `;
}

function layerByLayer(summary: Summary): Html[] {
  return layerScores(summary).map((scores) => {
    const { budget, layers, networks } = scores;
    const last = layers.at(-1);
    const tableAbove = hasBestLayers(summary)
      ? `The table above has ${layerOf(summary)}.`
      : `The table above takes the global average of the last layer, ${last}, so its scores need not be ` +
        `those of ${last} here.`;
    const pooled = budget === null
      ? "Here the global average of each layer is probed."
      : `Here each layer is averaged to the largest grid that fits into ${
        budget.toLocaleString("en")
      } numbers (probe.layerBudget in Config), as the paper does. ${tableAbove}`;
    return html`
      <h3>Layer by layer</h3>
      <p class="note">${pooled}</p>
      <div class="charts">
        ${networks.length <= mostBars && figure(layerwiseChart(scores, summary.study))}
        ${layersTable(scores, summary.study)}
      </div>
    `;
  });
}

function clusters({ summary, sheet }: ReportInput): Html | undefined {
  const { clusterings } = summary;
  const shown = drawnClustering(summary) ?? clusterings[0];
  if (!shown) return undefined;
  return html`
    <h2>Clusters</h2>
    ${sheet && shown.sheet !== null &&
      drawnClusters(summary, { ...shown, sheet: shown.sheet }, sheet)}
    <h3>Sizes</h3>
    <div class="charts">
      ${figure(clusterSizesChart(summary, shown))} ${isNarrow(summary) && clusteringsTable(summary)}
    </div>
    ${!isNarrow(summary) &&
      html`<div class="wide" role="region" aria-label="Clusterings" tabindex="0">${
        clusteringsTable(summary)
      }</div>`}
    ${[...emptyClusterNotes(summary), ...untrainedNotes(summary)].map((note) =>
      html`<p class="note">${note}</p>`
    )}
  `;
}

function drawnClusters(
  { clusterings, study }: Summary,
  shown: Clustering & { sheet: string },
  sheet: Sheet,
): Html {
  const others = clusterings.flatMap((other) =>
    other.sheet === null || other.sheet === shown.sheet
      ? []
      : [`artifacts/${other.sheet}/sheet.png`]
  );
  const arm = study.arms.find(({ id }) => id === shown.arm)?.title ?? shown.arm;
  const where = [pointText(shown.at, study.axes), `seed ${shown.seed}`].filter(Boolean).join(", ");
  return html`
    <p class="note">
      What ${arm} is trained to tell apart: images of ${count(sheet.clusters.length, "cluster")} of
      ${where} (artifacts/${shown.sheet}/sheet.png). Names are shown to the reader only; the
      clustering never saw them.${others.length > 0 && ` Others: ${others.join(", ")}.`}
    </p>
    ${contactSheet(sheet)}
  `;
}

function training({ summary }: ReportInput): Html | undefined {
  const { arms } = summary.study;
  const charts = curveCharts(summary.study, summary.series);
  if (charts.length === 0) return undefined;
  return html`
    <h2>Training</h2>
    ${legend(arms.filter(({ task }) => task !== null))}
    <div class="charts">${charts.map(figure)}</div>
  `;
}

function use({ summary, snippet }: ReportInput): Html | undefined {
  if (!snippet) return undefined;
  const { arm, node } = snippet.network;
  const title = summary.study.arms.find(({ id }) => id === arm)?.title ?? arm;
  return html`
    <h2>Use the network</h2>
    <p class="note">${title} in plain PyTorch, typed in artifacts/${node} of the run:</p>
    <pre tabindex="0"><code>${snippet.code}</code></pre>
  `;
}

function provenance({ record, events }: ReportInput): Html {
  const makers = makersOf(record.nodes, events);
  return html`
    <h2>Reproduce</h2>
    <pre tabindex="0"><code>${shellCommand(withoutOutput(record.command))}</code></pre>
    <div class="columns">
      <section><h3>Config</h3>${facts(flatten(record.config))}</section>
      <section>
        <h3>Resolved</h3>
        ${facts(Object.entries(record.resolved))} ${makersFacts(makers)}
      </section>
    </div>
    <h3>Stages</h3>
    ${stagesTable(record.nodes, events, makers)}
  `;
}

function plan({ events, forecast }: ReportInput): Html | undefined {
  if (!forecast) return undefined;
  return html`
    <h2>Plan</h2>
    ${planTable(forecast, events)}
  `;
}
