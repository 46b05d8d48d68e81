/** `report.html`: a run on one page that needs nothing but itself. */
import { html, raw } from "hono/html";
import { clusterSizesChart } from "./charts/cluster_sizes.ts";
import { figure } from "./charts/chart.ts";
import { curveCharts } from "./charts/curves.ts";
import { layerwiseChart } from "./charts/layerwise.ts";
import { count } from "./count.ts";
import { emptyClusterNotes } from "./empty_clusters.ts";
import type { Html } from "./html.ts";
import type { ReportInput } from "./input.ts";
import { paperTables } from "./paper.ts";
import { clusteringsTable } from "./sections/clusterings.ts";
import { contactSheet } from "./sections/contact_sheet.ts";
import { facts, flatten } from "./sections/facts.ts";
import { layersTable } from "./sections/layers_table.ts";
import { makersFacts, makersOf } from "./sections/makers.ts";
import { legend, paperTable, resultsTable } from "./sections/results_table.ts";
import { stagesTable } from "./sections/stages_table.ts";
import { shellCommand, withoutOutput } from "./shell.ts";
import { style } from "./style.ts";
import { wallSeconds } from "../pipeline/timing.ts";
import { formatDuration } from "./duration.ts";
import { verdict } from "./verdict.ts";

/** The whole page. No script, no request to anywhere: it opens from the disk as it is. */
export async function renderReport(input: ReportInput): Promise<string> {
  const sections = [results, pictures, training, provenance].map((section) => section(input));
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

function head({ record, summary, events }: ReportInput): Html {
  const { arch, images, epochs, seeds } = summary;
  const line = [
    arch,
    count(images, "image"),
    count(epochs, "epoch"),
    `${seeds.length > 1 ? "seeds" : "seed"} ${seeds.join(", ")}`,
    record.resolved.device,
    formatDuration(wallSeconds(events)),
    `${record.createdAt.slice(0, 16).replace("T", " ")} UTC`,
  ].join(" · ");
  return html`
    <p class="eyebrow">ClusterFit · ${record.id}</p>
    <h1>${record.title}</h1>
    <p class="verdict">${verdict(summary).replaceAll(" ± ", "\u00a0±\u00a0")}</p>
    <p class="note">${line}</p>
  `;
}

function results({ summary }: ReportInput): Html {
  const paper = paperTables[summary.teacher];
  return html`
    <h2>Transfer</h2>
    ${legend(summary.teacher)} ${resultsTable(summary)}
    <h3>Layer by layer</h3>
    <p class="note">
      Here each layer is averaged to the largest grid that fits into probe.layerBudget numbers (see
      Config), as the paper does. The table above takes the global average of the last layer, res5,
      so its scores need not be those of res5 here.
    </p>
    <div class="charts">${figure(layerwiseChart(summary))} ${layersTable(summary)}</div>
    <h3>The paper, for scale</h3>
    <p class="note">
      Not this run: ImageNet scale. ${paper.source}: ${paper.setting}. Other data, targets and
      networks, so the levels do not compare; the signs and sizes of the gains may.
    </p>
    ${paperTable(paper)}
  `;
}

function pictures({ summary, sheet }: ReportInput): Html {
  const { seed, sheet: node } = summary.clusters[0]!;
  const others = summary.clusters.slice(1).map((other) => `artifacts/${other.sheet}/sheet.png`);
  return html`
    <h2>Clusters</h2>
    <p class="note">
      What Ncf is trained to tell apart: pictures of ${count(sheet.clusters.length, "cluster")} of
      seed ${seed} (artifacts/${node}/sheet.png). Names are shown to the reader only; the clustering
      never saw them.${others.length > 0 && ` Other seeds: ${others.join(", ")}.`}
    </p>
    ${contactSheet(sheet)}
    <h3>Sizes</h3>
    <div class="charts">
      ${figure(clusterSizesChart(summary))} ${clusteringsTable(summary)}
    </div>
    ${emptyClusterNotes(summary.clusters).map((note) => html`<p class="note">${note}</p>`)}
  `;
}

function training({ summary }: ReportInput): Html {
  return html`
    <h2>Training</h2>
    ${legend(summary.teacher)}
    <div class="charts">${curveCharts(summary.curves).map(figure)}</div>
  `;
}

function provenance({ record, summary, events, snippet }: ReportInput): Html {
  const makers = makersOf(record.nodes, events);
  return html`
    <h2>Use the network</h2>
    <p class="note">
      Ncf in plain PyTorch, typed in artifacts/seed-${summary.clusters[0]!.seed}.ncf of the run:
    </p>
    <pre><code>${snippet}</code></pre>
    <h2>Reproduce</h2>
    <pre><code>${shellCommand(withoutOutput(record.command))}</code></pre>
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
