/** `/experiments`: what was claimed before it was run, and what the newest finished run of each says. */
import { html } from "hono/html";
import type { Html } from "../../report/html.ts";
import { count } from "../../results/count.ts";
import { judge } from "../../results/judge.ts";
import type { Summary } from "../../results/summary.ts";
import { verdict } from "../../results/verdict.ts";
import type { Registry } from "../../registry/registry.ts";
import { pathOf } from "../api/links.ts";
import type { Page } from "./layout.ts";

export interface ExperimentView {
  readonly name: string;
  readonly title: string;
  readonly runs: number;
  /** The newest run that finished; undefined where none has. */
  readonly newest?: {
    readonly name: string;
    readonly createdAt: string;
    readonly summary: Summary;
  };
}

/** Each that has a run, the one with the newest run first, as of the last refresh. */
export async function experimentViews(registry: Registry): Promise<ExperimentView[]> {
  const found: ExperimentView[] = [];
  for (const [name, ones] of Map.groupBy(registry.list(), ({ experiment }) => experiment ?? "")) {
    if (name === "") continue;
    const finished = ones.find(({ state }) => state === "finished");
    const snapshot = finished && await registry.runs.find(finished.name);
    const { summary, record } = snapshot ?? {};
    found.push({
      ...{ name, title: ones[0]!.title ?? name, runs: ones.length },
      ...(summary && record && {
        newest: { name: finished!.name, createdAt: record.createdAt, summary },
      }),
    });
  }
  return found;
}

export function experimentsPage(experiments: readonly ExperimentView[]): Page {
  return {
    title: "Experiments",
    live: false,
    place: "experiments",
    body: html`
      <h1>Experiments</h1>
      ${experiments.length === 0
        ? html`<p>No experiment has a run yet. <code>deno task clusterfit --help</code> lists them.</p>`
        : experiments.map(section)}
    `,
  };
}

function section({ name, title, runs, newest }: ExperimentView): Html {
  return html`
    <section id="experiment-${name}">
      <h2>${title} <small>${name}</small></h2>
      <p class="note">
        <a href="/?experiment=${encodeURIComponent(name)}">${count(runs, "run")}</a>${newest
          ? html`; the newest that finished is
            <a href="${pathOf("runs", newest.name)}">${newest.name}</a> of ${
            newest.createdAt.slice(0, 10)
          }.`
          : ", none finished yet."}
      </p>
      ${newest && html`<p>${verdict(newest.summary)}</p> ${claims(newest.summary)}`}
    </section>
  `;
}

const classes = { "holds": "won", "does not hold": "lost", "undecided": "open" } as const;

function claims(summary: Summary): Html | undefined {
  const { claims } = summary.study;
  if (claims.length === 0) return undefined;
  return html`
    <table class="claims compact">
      <thead>
        <tr>
          <th scope="col">Claim</th>
          <th scope="col">Measured</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        ${claims.map((claim) => {
          const { verdict, text } = judge(claim, summary);
          return html`
            <tr>
              <th scope="row">${claim.text}</th>
              <td>${text}</td>
              <td class="outcome ${classes[verdict]}">${verdict}${verdict !== claim.expected &&
                html`
                  <small>expected: ${claim.expected}</small>
                `}</td>
            </tr>
          `;
        })}
      </tbody>
    </table>
  `;
}
