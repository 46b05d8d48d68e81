/** Target x Npre, Npre 2x, Ncf, gains: the run's own table and the paper's share one form. */
import { html } from "hono/html";
import {
  type NetworkName,
  networks,
  type NotConverged,
  type Summary,
} from "../../method/summary.ts";
import { networkTitles } from "../charts/chart.ts";
import { convergenceNote, markOf } from "../convergence.ts";
import { compare, type Comparison, singleSeedMargin } from "../comparison.ts";
import { type Estimate, estimate, estimateGain, formatScore, formatSigned } from "../estimate.ts";
import type { Html } from "../html.ts";
import { scoreCell } from "./score_cell.ts";
import type { PaperRow, PaperTable } from "../paper.ts";
import { count } from "../count.ts";

type Scores = Readonly<Record<NetworkName | "gain" | "gain2x", Estimate>>;

/** The scores of a run, with majority baseline, sizes and the outcome of each target. */
export function resultsTable({ targets, seeds }: Pick<Summary, "targets" | "seeds">): Html {
  const note = convergenceNote(targets.flatMap(({ notConverged }) => notConverged));
  return html`
    <table class="results">
      ${header("Outcome")}
      <tbody>${targets.map(compare).map(targetRow)}</tbody>
    </table>
    <p class="note">Linear probes on the last layer, percent. ${reading(seeds.length)}${note &&
      ` ${note}`}</p>
  `;
}

/** The paper's table in the same columns: single numbers, without spread or outcome. */
export function paperTable({ groups }: PaperTable): Html {
  return html`
    <table class="results">
      ${header()} ${groups.map(({ teacher, rows }) =>
        html`
          <tbody>
            <tr class="group">
              <th scope="rowgroup" colspan="6">${teacher}</th>
            </tr>
            ${rows.map(paperRow)}
          </tbody>
        `
      )}
    </table>
  `;
}

const tasks: Readonly<Record<Summary["teacher"], string>> = {
  rotnet: "rotations",
  hashtags: "hashtags",
};

/** Which colour is which network, and what the networks are. */
export function legend(teacher?: Summary["teacher"]): Html {
  const meaning = {
    npre: teacher === undefined ? "the teacher" : `the teacher, trained on ${tasks[teacher]}`,
    npre2x: "the teacher, for the summed epochs",
    ncf: "from scratch on the teacher’s cluster ids",
  };
  return html`
    <ul class="legend">
      ${networks.map((name) =>
        html`
          <li class="${name}"><b>${networkTitles[name]}</b> ${meaning[name]}</li>
        `
      )}
    </ul>
  `;
}

function reading(seeds: number): string {
  if (seeds === 1) {
    return "One seed: no spread is claimed, and differences under about " +
      `${singleSeedMargin} points mean nothing. ` +
      `A target is won when Ncf is more than ${singleSeedMargin} points above both others, ` +
      "and lost when either is as far above Ncf.";
  }
  return `Mean ± sample standard deviation over ${count(seeds, "seed")}; gains are paired by ` +
    "seed. A target is won when Ncf is above both others by more than the largest spread of the " +
    "two networks compared and of the gain, and lost when either is as far above Ncf.";
}

function header(outcome?: string): Html {
  const columns = ["Npre", "Npre 2x", "Ncf", "Ncf − Npre", "Ncf − Npre 2x"];
  return html`
    <thead>
      <tr>
        <th scope="col">Target</th>
        ${columns.map((name) =>
          html`
            <th scope="col">${name}</th>
          `
        )} ${outcome && html`
          <th scope="col">${outcome}</th>
        `}
      </tr>
    </thead>
  `;
}

function targetRow(comparison: Comparison): Html {
  const { target, outcome } = comparison;
  const detail = [
    count(target.classes, "class", "classes"),
    `majority baseline ${formatScore(target.majorityBaseline)}`,
    `${target.train.toLocaleString("en")} train, ${target.test.toLocaleString("en")} test`,
  ].join(" · ");
  return html`
    <tr>
      <th scope="row">
        ${target.title} <span class="note">${target.metric}</span> <small>${detail}</small>
      </th>
      ${cells(comparison, target.notConverged)}
      <td class="outcome ${outcome}" data-label="Outcome">${outcomeText(comparison)}</td>
    </tr>
  `;
}

function paperRow({ target, metric, scores }: PaperRow): Html {
  const of = (name: keyof typeof scores) => [scores[name]];
  return html`
    <tr>
      <th scope="row">${target} <span class="note">${metric}</span></th>
      ${cells({
        npre: estimate(of("npre")),
        npre2x: estimate(of("npre2x")),
        ncf: estimate(of("ncf")),
        gain: estimateGain(of("ncf"), of("npre")),
        gain2x: estimateGain(of("ncf"), of("npre2x")),
      })}
    </tr>
  `;
}

function cells(scores: Scores, notConverged: readonly NotConverged[] = []): Html {
  const best = Math.max(...networks.map((name) => scores[name].mean));
  return html`
    ${networks.map((name) =>
      html`
        <td data-label="${networkTitles[name]}" class="${scores[name].mean === best && "best"}">
          ${scoreCell(scores[name], formatScore, markOf(notConverged, name))}
        </td>
      `
    )}
    <td data-label="Ncf − Npre">${scoreCell(scores.gain, formatSigned)}</td>
    <td data-label="Ncf − Npre 2x">${scoreCell(scores.gain2x, formatSigned)}</td>
  `;
}

function outcomeText({ outcome, gain, gain2x }: Comparison): string {
  if (outcome === "won") return "won";
  if (outcome === "open") return "undecided";
  if (gain.sign === gain2x.sign) return "lost to both";
  return gain.sign === -1 ? "lost to Npre" : "lost to Npre 2x";
}
