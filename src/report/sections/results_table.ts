/** Scores of all arms beside each other on each target at each point, and how the candidate fared. */
import { html } from "hono/html";
import {
  type ArmScore,
  candidatesOf,
  type Contrast,
  contrasts,
  hasPoints,
  measurementsOf,
  rivalsOf,
  type ScoreRow,
  scoreRows,
} from "../../results/contrast.ts";
import { count } from "../../results/count.ts";
import { formatScore, formatSigned } from "../../results/estimate.ts";
import { singleSeedMargin } from "../../results/paired.ts";
import { baselineOf } from "../../results/select.ts";
import type { ArmFacts, Study } from "../../results/study.ts";
import type { Summary } from "../../results/summary.ts";
import { listed, pointText } from "../../results/words.ts";
import { bestLayersNote, layerOf } from "../best_layers.ts";
import { convergenceNote, markOf } from "../convergence.ts";
import type { Html } from "../html.ts";
import { overlapNotes } from "../overlap_notes.ts";
import { probeNotes } from "../probe_notes.ts";
import { smallTestNotes } from "../test_rows.ts";
import { scoreCell } from "./score_cell.ts";

/** A table for each candidate, with the gains over its rivals; one of scores alone where there is no candidate. */
export function resultsTables(summary: Summary): Html {
  const { arms } = summary.study;
  const candidates = candidatesOf(arms);
  return html`
    ${candidates.length === 0
      ? scoresTable(summary)
      : candidates.map((candidate) => candidateTable(summary, candidate))}
  `;
}

function scoresTable(summary: Summary): Html {
  const rows = scoreRows(summary, summary.study.arms);
  return html`
    <table class="results">
      ${header(summary.study.arms.map(({ title }) => title))}
      ${bodies(summary, rows, rows[0]?.scores.length ?? 0, ({ scores }) => scoreCells(scores))}
    </table>
    ${note(summary, rows, "")}
  `;
}

function candidateTable(summary: Summary, candidate: ArmFacts): Html {
  const rivals = rivalsOf(summary.study.arms);
  const gains = rivals.map(({ title }) => `${candidate.title} − ${title}`);
  const columns = [...[...rivals, candidate].map(({ title }) => title), ...gains];
  const rows = contrasts(summary, candidate);
  const outcome = rivals.length > 0 ? ["Outcome"] : [];
  return html`
    <table class="results">
      ${header([...columns, ...outcome])}
      ${bodies(summary, rows, columns.length + outcome.length, (row) =>
        html`
          ${scoreCells(row.scores)} ${row.rivals.map(({ gain }, at) =>
            html`
              <td data-label="${gains[at]}">${scoreCell(gain, formatSigned)}</td>
            `
          )} ${rivals.length > 0 && html`
            <td class="outcome ${row.outcome}" data-label="Outcome">${outcomeText(row)}</td>
          `}
        `)}
    </table>
    ${note(summary, rows, reading(summary.study, candidate, rivals))}
  `;
}

function header(columns: readonly string[]): Html {
  return html`
    <thead>
      <tr>
        <th scope="col">Target</th>
        ${columns.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
  `;
}

/** A row for each target; with several points, a heading for each target and a row for each point. */
function bodies<Row extends ScoreRow>(
  summary: Summary,
  rows: readonly Row[],
  columns: number,
  cells: (row: Row) => Html,
): Html {
  if (!hasPoints(rows)) {
    return html`
      <tbody>
        ${rows.map((row) => html`<tr><th scope="row">${targetTitle(row)}</th>${cells(row)}</tr>`)}
      </tbody>
    `;
  }
  const groups = [...Map.groupBy(rows, ({ target }) => target).values()];
  return html`
    ${groups.map((rows) =>
      html`
        <tbody>
          <tr class="group">
            <th scope="rowgroup" colspan="${columns + 1}">${targetTitle(rows[0]!)}</th>
          </tr>
          ${rows.map((row) =>
            html`
              <tr>
                <th scope="row" class="point">${pointText(row.at, summary.study.axes)}</th>
                ${cells(row)}
              </tr>
            `
          )}
        </tbody>
      `
    )}
  `;
}

function targetTitle(row: ScoreRow): Html {
  const { target } = row;
  const baseline = baselineOf(measurementsOf([row]));
  const detail = [
    count(target.classes, "class", "classes"),
    ...(baseline === null ? [] : [`majority baseline ${formatScore(baseline)}`]),
    `${target.train.toLocaleString("en")} train, ${target.test.toLocaleString("en")} test`,
  ].join(" · ");
  return html`${target.title} <span class="note">${target.metric}</span> <small>${detail}</small>`;
}

function scoreCells(scores: readonly ArmScore[]): Html {
  const best = Math.max(...scores.flatMap(({ estimate }) => estimate?.mean ?? []));
  return html`
    ${scores.map(({ arm, estimate, measurements }) =>
      html`
        <td data-label="${arm.title}" class="${estimate?.mean === best && "best"}">
          ${scoreCell(estimate, formatScore, markOf(measurements))}
        </td>
      `
    )}
  `;
}

function note(summary: Summary, rows: readonly ScoreRow[], reading: string): Html {
  const text = [
    `Linear probes on ${layerOf(summary)}, percent.`,
    bestLayersNote(summary),
    ...probeNotes(measurementsOf(rows)),
    reading,
    convergenceNote(measurementsOf(rows)),
    ...smallTestNotes(summary),
    ...overlapNotes(summary),
  ];
  return html`<p class="note">${text.filter(Boolean).join(" ")}</p>`;
}

function reading({ seeds }: Study, { title }: ArmFacts, rivals: readonly ArmFacts[]): string {
  const [all, any] = rivals.length === 1
    ? [rivals[0]!.title, rivals[0]!.title]
    : rivals.length === 2
    ? ["both others", "either"]
    : ["all others", "one of them"];
  const won = rivals.length > 0;
  if (seeds.length === 1) {
    return "One seed: no spread is claimed, and differences under about " +
      `${singleSeedMargin} points mean nothing.` +
      (won
        ? ` A target is won when ${title} is more than ${singleSeedMargin} points above ${all}, ` +
          `and lost when ${any} is as far above ${title}.`
        : "");
  }
  return `Mean ± sample standard deviation over ${count(seeds.length, "seed")}` +
    (won
      ? `; gains are paired by seed. A target is won when ${title} is above ${all} by more than the ` +
        "largest spread of the two networks compared and of the gain, and lost when " +
        `${any} is as far above ${title}.`
      : ".");
}

function outcomeText({ outcome, rivals }: Contrast): string {
  if (outcome === "won") return "won";
  if (outcome === "open") return "undecided";
  const better = rivals.filter(({ gain }) => gain?.sign === -1);
  return better.length === 2 && rivals.length === 2
    ? "lost to both"
    : `lost to ${listed(better.map(({ arm }) => arm.title))}`;
}
