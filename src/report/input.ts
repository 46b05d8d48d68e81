/** Gathers from a finished run folder what its report shows. */
import { z } from "zod";
import { join } from "node:path";
import type { RunEvent } from "../pipeline/events.ts";
import { type Forecast, forecastFile, readForecast } from "../pipeline/forecast.ts";
import type { RunRecord } from "../pipeline/record.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { candidatesOf } from "../results/contrast.ts";
import type { Clustering, Summary } from "../results/summary.ts";
import { type LeftOut, readLeftOut } from "./left_out.ts";
import { readSummary } from "./read_summary.ts";
import { type Sheet, sheetSchema } from "./sections/contact_sheet.ts";

/** All that a report shows. */
export interface ReportInput {
  /** What the run is. */
  readonly record: RunRecord;
  /** What it measured. */
  readonly summary: Summary;
  /** What happened. */
  readonly events: readonly RunEvent[];
  /** What the run was said to take, where a plan was made before. */
  readonly forecast?: Forecast;
  /** Of each index of pictures that could not all be decoded; absent where all could. */
  readonly leftOut?: readonly LeftOut[];
  /** The contact sheet of the first clustering that has one. */
  readonly sheet?: Sheet;
  /** Plain PyTorch that loads the first network of the first candidate; of another arm where there is none. */
  readonly snippet?: { readonly network: Summary["networks"][number]; readonly code: string };
}

/**
 * Every artifact read is verified.
 *
 * @example What a run measured
 * ```ts
 * import { openRun, readReportInput } from "clusterfit";
 *
 * const { summary } = await readReportInput(await openRun("runs/mine"));
 * console.log(summary.clusterings[0]?.k); // 5
 * ```
 */
export async function readReportInput(run: RunFolder): Promise<ReportInput> {
  const summary = await readSummary(run);
  const [sheet, snippet] = [await readSheet(run, summary), await readSnippet(run, summary)];
  const leftOut = await readLeftOut(run);
  const forecast = await readForecast(join(run.dir, forecastFile));
  return {
    ...{ record: run.record, summary, events: await run.events() },
    ...(forecast && { forecast }),
    ...(leftOut.length > 0 && { leftOut }),
    ...(sheet && { sheet }),
    ...(snippet && { snippet }),
  };
}

/** The first clustering of which images were drawn. */
export function drawnClustering(
  { clusterings }: Summary,
): (Clustering & { sheet: string }) | undefined {
  return clusterings.find((one): one is Clustering & { sheet: string } => one.sheet !== null);
}

async function readSheet(run: RunFolder, summary: Summary): Promise<Sheet | undefined> {
  const clustering = drawnClustering(summary);
  if (!clustering) return undefined;
  const file = (name: string) => run.artifactFile(clustering.sheet, name);
  const { clusters } = sheetSchema.parse(await readJsonFile(await file("sheet.json")));
  return { clusters, png: await Deno.readFile(await file("sheet.png")) };
}

async function readSnippet(
  run: RunFolder,
  { networks, study }: Summary,
): Promise<ReportInput["snippet"]> {
  const [candidate] = candidatesOf(study.arms);
  const network = networks.find(({ arm }) => arm === candidate?.id) ?? networks[0];
  if (!network) return undefined;
  const path = await run.artifactFile(network.node, "network.json");
  const { snippet } = z.object({ snippet: z.string() }).parse(await readJsonFile(path));
  return { network, code: snippet };
}

async function readJsonFile(path: string): Promise<unknown> {
  return JSON.parse(await Deno.readTextFile(path));
}
