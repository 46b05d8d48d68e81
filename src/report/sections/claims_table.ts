/** What was claimed before the run, and what its numbers say. */
import { html } from "hono/html";
import { judge, type Judgement } from "../../results/judge.ts";
import type { Summary } from "../../results/summary.ts";
import { noisyRows } from "../../results/paired.ts";
import type { Html } from "../html.ts";

/** With what it takes for a claim to hold. */
export function claimsTable(summary: Summary): Html {
  return html`
    ${judgedClaims(summary)}
    <p class="note">
      A claim holds when its difference, paired by seed, is above zero by more than the margin: the
      largest spread of the two sides and of the difference, and at least what ${noisyRows} test
      rows are worth. It does not hold when the difference is as far below zero. Otherwise, and where a measurement is missing, it is undecided.
    </p>
  `;
}

/** The claims, each with its numbers and its verdict. */
export function judgedClaims(summary: Summary): Html {
  return html`
    <table class="claims">
      <thead>
        <tr>
          <th scope="col">Claim</th>
          <th scope="col">Measured</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>${summary.study.claims.map((claim) => row(judge(claim, summary)))}</tbody>
    </table>
  `;
}

const classes = { "holds": "won", "does not hold": "lost", "undecided": "open" } as const;

function row({ claim, verdict, text }: Judgement): Html {
  return html`
    <tr>
      <th scope="row">${claim.text} <small>The paper: ${claim.paper}</small></th>
      <td>${text}</td>
      <td class="outcome ${classes[verdict]}">
        ${verdict} ${verdict !== claim.expected && html`<small>expected: ${claim.expected}</small>`}
      </td>
    </tr>
  `;
}
