/** What came of a run, on the terminal. */
import { join } from "node:path";
import { forecastFile, readForecast } from "../pipeline/forecast.ts";
import { type RunFolder, runPaths } from "../pipeline/store.ts";
import { readResult } from "../report/read_result.ts";
import { readSummary } from "../report/read_summary.ts";
import { emptyClusterNotes } from "../report/empty_clusters.ts";
import { leftOutText, readLeftOut } from "../report/left_out.ts";
import { untrainedNotes } from "../report/untrained.ts";
import { planVerdict } from "../report/plan_verdict.ts";
import { textTable } from "../report/text_table.ts";
import { wallSeconds } from "../pipeline/timing.ts";
import { formatDuration } from "../report/duration.ts";
import { shellCommand } from "../report/shell.ts";
import { missingNames } from "../report/sections/missing_list.ts";
import { judge } from "../results/judge.ts";
import type { Summary } from "../results/summary.ts";
import { verdict } from "../results/verdict.ts";
import { wrap } from "../report/wrap.ts";
import type { Output } from "./output.ts";
import { typedCommand } from "./typed_command.ts";

/** Prints the result: one JSON object with `json`, else the table, the verdict, the claims and where to look
 * next. */
export async function show(run: RunFolder, output: Output, json: boolean): Promise<void> {
  if (json) return output.result(JSON.stringify(await readResult(run)));
  const summary = await readSummary(run);
  const events = await run.events();
  const left = (await readLeftOut(run)).map((one) => `\n${leftOutText(one)}`).join("");
  const { report, artifact } = runPaths(run.dir);
  const forecast = await readForecast(join(run.dir, forecastFile));
  const plan = forecast ? wrap(planVerdict(forecast, events), 70).join(`\n${planMargin}`) : "";
  output.result(`
${textTable(summary)}

${sentences(summary).flatMap((sentence) => wrap(sentence, 80)).join("\n")}
${claims(summary).join("\n")}
Took ${formatDuration(wallSeconds(events))}.${plan && `\nPlan      ${plan}`}${left}
Report    ${report}
${
    hasTrained(summary)
      ? `Networks  ${artifact("*")}/network.safetensors\nExport    ${exportOf(run)}\n`
      : ""
  }Next      ${nextStep(summary)}`);
}

/** Whether it has a network that was trained here: there is nothing else to take out. */
function hasTrained({ series }: Summary): boolean {
  return series.length > 0;
}

function nextStep(summary: Summary): string {
  const { study, targets } = summary;
  if (!hasTrained(summary) || study.seeds.length > 1) return "open the report";
  return targets.length === 0
    ? "open the report, or give a --target that the features are probed on"
    : "open the report, or try --seeds 1,2,3 for a spread";
}

/** How one of its networks is taken out. */
function exportOf({ dir }: RunFolder): string {
  const command = typedCommand("clusterfit", ["export", dir], Deno.env.toObject());
  return `${shellCommand(command)} --out <folder>`;
}

const planMargin = " ".repeat("Plan      ".length);

/** What became of each claim, a line each; the numbers are in the report. */
function claims(summary: Summary): string[] {
  const { claims } = summary.study;
  if (claims.length === 0) return [];
  const lines = claims.flatMap((claim) => {
    const { verdict } = judge(claim, summary);
    const expected = verdict === claim.expected ? "" : ` (expected: ${claim.expected})`;
    const [first = "", ...more] = wrap(claim.text + expected, 80 - verdictWidth);
    return [verdict.padEnd(verdictWidth) + first, ...more.map((text) => blank + text)];
  });
  return ["", ...lines, ""];
}

const verdictWidth = "does not hold  ".length;
const blank = " ".repeat(verdictWidth);

/** What the numbers say, and what to know of them. */
function sentences(summary: Summary): string[] {
  return [
    ...(summary.targets.length > 0 ? [verdict(summary)] : []), // the table has said so
    ...missingNames(summary).map(({ name }) => `Not measured, because a stage failed: ${name}.`),
    ...emptyClusterNotes(summary),
    ...untrainedNotes(summary),
  ];
}
