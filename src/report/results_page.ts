/** The page of an experiment's results, as Markdown to be kept beside the code: what was expected, what was found,
 * on which machine and in what time. Formatted as `deno fmt` does, so that it can be committed as it is. */
import {
  candidatesOf,
  contrasts,
  hasPoints,
  measurementsOf,
  type Outcome,
  rivalsOf,
  type ScoreRow,
  scoreRows,
} from "../results/contrast.ts";
import { type Estimate, formatEstimate, formatScore } from "../results/estimate.ts";
import { featureNote, featureRows } from "../results/feature_measures.ts";
import { judge } from "../results/judge.ts";
import type { Summary } from "../results/summary.ts";
import { layerScores } from "../results/layers.ts";
import { verdict } from "../results/verdict.ts";
import { listed, pointText, titleAt } from "../results/words.ts";
import { bestLayersNote, layerOf } from "./best_layers.ts";
import { convergenceNote, markOf } from "./convergence.ts";
import { formatDuration } from "./duration.ts";
import { paperResult } from "./paper.ts";
import { missingNames } from "./sections/missing_list.ts";
import { makerName } from "./sections/makers.ts";
import type { Reproduction } from "./reproduction.ts";
import { shellCommand } from "./shell.ts";
import { escape, table } from "./markdown.ts";
import { probeNotes } from "./probe_notes.ts";
import { lineWidth, wrap } from "./wrap.ts";
import { utcMinute } from "./utc.ts";

/** A drawing that lies beside the page. */
export interface PageFigure {
  /** Relative to the page. */
  readonly file: string;
  /** For who cannot see it. */
  readonly alt: string;
}

/** `reading`: what its author makes of it, as Markdown; none unless given. */
export function resultsPage(
  { run, summary }: Pick<Reproduction, "run" | "summary">,
  figures: readonly PageFigure[],
  reading = "",
): string {
  const { study } = summary;
  return [
    `# ${escape(study.title)}`,
    prose(verdict(summary)),
    ...figures.map(({ file, alt }) => `![${escape(alt)}](${file})`),
    ...(study.claims.length > 0 ? ["## Claims", claimsTable(summary)] : []),
    ...(reading === "" ? [] : ["## Reading", reading.trim()]),
    ...(summary.targets.length > 0 ? ["## Scores", ...scores(summary)] : []),
    ...layerByLayer(summary),
    ...features(summary),
    ...(summary.missing.length > 0
      ? [
        "## Not measured",
        prose("A stage of these failed; the same command tries it again."),
        list(missingNames(summary).map(({ name }) => name)),
      ]
      : []),
    ...paper(summary),
    "## The run",
    ...provenance(run, summary),
  ].join("\n\n") + "\n";
}

function claimsTable(summary: Summary): string {
  return table(
    ["Claim", "The paper", "Measured", "Expected", "Found"],
    summary.study.claims.map((claim) => {
      const { verdict, text } = judge(claim, summary);
      const found = verdict === claim.expected ? verdict : `**${verdict}**`;
      return [escape(claim.text), escape(claim.paper), escape(text), claim.expected, found];
    }),
  );
}

type Row = ScoreRow & { readonly outcome?: Outcome };

function scores(summary: Summary): string[] {
  const { arms, seeds } = summary.study;
  const candidates = candidatesOf(arms);
  const tables: readonly (readonly Row[])[] = candidates.length === 0
    ? [scoreRows(summary, arms)]
    : candidates.map((candidate) => contrasts(summary, candidate));
  const over = seeds.length > 1
    ? `mean ± sample standard deviation over ${seeds.length} seeds`
    : "one seed, so no spread";
  const measured = measurementsOf(tables.flat());
  const notes = [bestLayersNote(summary), ...probeNotes(measured), convergenceNote(measured)]
    .filter((note) => note !== undefined);
  const rivals = listed(rivalsOf(arms).map(({ title }) => title));
  return [
    prose(
      `Linear probes of ${layerOf(summary)}, percent: ${over}.` +
        (candidates.length > 0 && rivals !== ""
          ? ` The last column judges ${
            listed(candidates.map(({ title }) => title))
          } against ${rivals}.`
          : "") +
        notes.map((note) => ` ${note}`).join(""),
    ),
    ...tables.flatMap((rows) =>
      hasPoints(rows) ? pointTables(summary, rows) : [
        scoresTable("Target", rows, ({ target }) => `${target.title} (${target.metric})`),
      ]
    ),
  ];
}

/** A table for each target on which several layers were probed. */
function layerByLayer(summary: Summary): string[] {
  const tables = layerScores(summary);
  if (tables.length === 0) return [];
  return [
    "## Layer by layer",
    ...tables.flatMap(({ target, budget, layers, networks }) => [
      `### ${escape(target.title)} (${target.metric}), each layer ${
        budget === null ? "averaged" : `pooled to ${budget.toLocaleString("en")} numbers at most`
      }`,
      table(
        ["Network", ...layers.map(escape)],
        networks.map(({ at, scores }) => [
          escape(titleAt(scores[0]!.arm, at, summary.study.axes)),
          ...scores.map(({ estimate, measurements }) => scoreText(estimate) + markOf(measurements)),
        ]),
      ),
    ]),
  ];
}

function features(summary: Summary): string[] {
  const rows = featureRows(summary);
  if (rows.length === 0) return [];
  const { arms, axes } = summary.study;
  return [
    "## Features, without labels",
    prose(featureNote),
    table(
      ["Measure", ...arms.map(({ title }) => escape(title))],
      rows.map(({ title, at, scores }) => [
        escape([title, hasPoints(rows) && pointText(at, axes)].filter(Boolean).join(", ")),
        ...scores.map(({ estimate }) => scoreText(estimate)),
      ]),
    ),
  ];
}

/** A table for each target. */
function pointTables({ study }: Summary, rows: readonly Row[]): string[] {
  return [...Map.groupBy(rows, ({ target }) => target)].flatMap(([target, rows]) => [
    `### ${escape(target.title)} (${target.metric})`,
    scoresTable("Point", rows, ({ at }) => pointText(at, study.axes)),
  ]);
}

const outcomes = { won: "won", lost: "lost", open: "undecided" } as const;

function scoresTable(name: string, rows: readonly Row[], label: (row: Row) => string): string {
  const titles = rows[0]!.scores.map(({ arm }) => escape(arm.title));
  const judged = rows.some(({ outcome }) => outcome !== undefined);
  return table(
    [name, ...titles, ...(judged ? ["Outcome"] : [])],
    rows.map((row) => [
      escape(label(row)),
      ...row.scores.map(({ estimate, measurements }) => scoreText(estimate) + markOf(measurements)),
      ...(row.outcome ? [outcomes[row.outcome]] : []),
    ]),
  );
}

function scoreText(estimate: Estimate | undefined): string {
  return estimate ? formatEstimate(estimate) : "–";
}

function paper({ study }: Summary): string[] {
  return study.paper.map(paperResult).flatMap((result) => [
    "## The paper",
    prose(`${result.source}: ${result.setting}.`),
    ...(result.kind === "text"
      ? [list(result.statements)]
      : result.groups.map(({ title, rows }) =>
        table(
          [escape(title), ...result.columns.map(escape)],
          rows.map(({ target, metric, scores }) => [
            escape(`${target} (${metric})`),
            ...scores.map(formatScore),
          ]),
        )
      )),
  ]);
}

function provenance(
  { id, began, seconds: took, command, resolved, makers }: Reproduction["run"],
  { study: { experiment, scale, seeds, facts } }: Summary,
): string[] {
  const text = (values: Readonly<Record<string, string | number>>) =>
    Object.entries(values).map(([name, value]) => `${name} ${value}`).join(", ");
  const rows: [string, string][] = [
    ["experiment", experiment + (scale && `, scale ${scale}`)],
    ...facts,
    ["seeds", seeds.join(", ")],
    ["run", id],
    ["began", `${utcMinute(began)} UTC`],
    ["time", formatDuration(took)],
    ["resolved", text(resolved)],
    ...makers.flatMap(({ hardware, versions }, at): [string, string][] => {
      const which = makers.length > 1 ? ` ${makerName(at)}` : "";
      return [[`machine${which}`, text(hardware)], [`versions${which}`, text(versions)]];
    }),
  ];
  return [
    table(["", ""], rows.map(([name, value]) => [escape(name), escape(value)])),
    "```sh\n" + shellCommand(command) + "\n```",
  ];
}

function list(items: readonly string[]): string {
  return items.map((text) => wrap(escape(text), lineWidth - 2).join("\n  ")).map((text) =>
    `- ${text}`
  )
    .join("\n");
}

const prose = (text: string) => wrap(escape(text), lineWidth).join("\n");
