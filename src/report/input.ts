/** Gathers from a finished run folder what its report shows. */
import { z } from "zod";
import { readSummary, type Summary } from "../method/summary.ts";
import { UserError } from "../pipeline/errors.ts";
import type { RunEvent } from "../pipeline/events.ts";
import type { RunRecord } from "../pipeline/record.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { type Sheet, sheetSchema } from "./sections/contact_sheet.ts";

export interface ReportInput {
  readonly record: RunRecord;
  readonly summary: Summary;
  readonly events: readonly RunEvent[];
  /** The first seed's contact sheet. */
  readonly sheet: Sheet;
  /** Plain PyTorch that loads the first seed's Ncf. */
  readonly snippet: string;
}

/** Every artifact read is verified. */
export async function readReportInput(run: RunFolder): Promise<ReportInput> {
  const summary = await readSummary(run);
  const clustering = summary.clusters[0];
  if (!clustering) throw new UserError(`The summary of ${run.id} lists no clustering to show.`);
  const sheetFile = (name: string) => run.artifactFile(clustering.sheet, name);
  const { clusters } = sheetSchema.parse(await readJsonFile(await sheetFile("sheet.json")));
  const network = await run.artifactFile(`seed-${clustering.seed}.ncf`, "network.json");
  const { snippet } = z.object({ snippet: z.string() }).parse(await readJsonFile(network));
  return {
    record: run.record,
    summary,
    events: await run.events(),
    sheet: { clusters, png: await Deno.readFile(await sheetFile("sheet.png")) },
    snippet,
  };
}

async function readJsonFile(path: string): Promise<unknown> {
  return JSON.parse(await Deno.readTextFile(path));
}
