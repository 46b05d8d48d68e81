/** One page for all experiments of the paper that were run: what became of every claim, and where the numbers are. */
import { judge } from "../results/judge.ts";
import { verdict } from "../results/verdict.ts";
import { formatDuration } from "./duration.ts";
import { escape, table } from "./markdown.ts";
import type { Reproduction } from "./reproduction.ts";
import { table1 } from "./table1.ts";
import { lineWidth, wrap } from "./wrap.ts";

/** An experiment on the page. */
export interface PageEntry {
  readonly reproduction: Reproduction;
  /** Its own page, and drawings, relative to this page. */
  readonly page: string;
  readonly figures: readonly string[];
}

/** Formatted as `deno fmt` does. `entries`: experiments of the paper; `missing`: those that were not run: name, and what
 * they are. `own`: experiments of files of one's own; where there are no others, the page is about these. */
export function reproductionsPage(
  entries: readonly PageEntry[],
  missing: readonly (readonly [name: string, about: string])[],
  own: readonly PageEntry[] = [],
): string {
  const ofPaper = entries.length > 0 || own.length === 0;
  const all = [...entries, ...own];
  return [
    ofPaper ? "# The paper, run again" : "# Experiments",
    prose(
      `Every experiment below is a file of data${
        ofPaper ? " in src/experiments/" : ""
      } with claims that were written before its run. ` +
        "This page is made by deno task reproduce, from the numbers beside it; nothing in it is written by hand " +
        "but the readings on the pages of the experiments.",
    ),
    ...(all.length > 0 ? [totals(all)] : []),
    ...table1(entries.map(({ reproduction: { summary } }) => summary)),
    ...all.flatMap(section),
    ...(ofPaper && missing.length > 0
      ? ["## Not run yet", missing.map(([name, about]) => `- ${name}: ${escape(about)}`).join("\n")]
      : []),
  ].join("\n\n") + "\n";
}

function totals(entries: readonly PageEntry[]): string {
  return table(
    ["Experiment", "Scale", "Claims", "Hold", "Do not hold", "Undecided", "As expected", "Time"],
    entries.map(({ reproduction: { run, summary }, page }) => {
      const { study: { title, scale, claims } } = summary;
      const found = claims.map((claim) => ({ claim, verdict: judge(claim, summary).verdict }));
      const times = (wanted: string) =>
        String(found.filter(({ verdict }) => verdict === wanted).length);
      return [
        `[${escape(title)}](${page})`,
        escape(scale),
        String(claims.length),
        ...["holds", "does not hold", "undecided"].map(times),
        String(found.filter(({ claim, verdict }) => claim.expected === verdict).length),
        formatDuration(run.seconds),
      ];
    }),
  );
}

function section({ reproduction: { summary }, page, figures }: PageEntry): string[] {
  const { study } = summary;
  return [
    `## ${escape(study.title)}`,
    prose(verdict(summary)),
    ...figures.map((file) => `![${escape(study.title)}](${file})`),
    ...(study.claims.length === 0 ? [] : [
      table(
        ["Claim", "Found"],
        study.claims.map((claim) => [escape(claim.text), judge(claim, summary).verdict]),
      ),
    ]),
    `[Every score, the paper’s words and where the numbers come from](${page})`,
  ];
}

const prose = (text: string) => wrap(escape(text), lineWidth).join("\n");
