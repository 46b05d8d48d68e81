/** Pictures of the clusters of a run, as its stages drew them. */
import { reasonOf } from "../pipeline/reason.ts";
import type { RunRecord } from "../pipeline/record.ts";
import { pngSize, type Sheet, sheetSchema } from "../report/sections/contact_sheet.ts";
import { findArtifactFile } from "./run_artifacts.ts";
import { type RunFiles, UnreadableFile } from "./run_files.ts";

/** Name of the stage that draws them. */
const sheetStage = "contact-sheet";

/** A stage that draws clusters. */
export type SheetNode = RunRecord["nodes"][number];

export function sheetNodes({ nodes }: Pick<RunRecord, "nodes">): readonly SheetNode[] {
  return nodes.filter(({ stage }) => stage === sheetStage);
}

/** The picture that the stage `node` drew, as a PNG; undefined where it drew none yet. Rejects with an UnreadableFile
 * where it is damaged. */
export async function readSheetPicture(
  files: RunFiles,
  run: string,
  record: RunRecord,
  node: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!sheetNodes(record).some(({ id }) => id === node)) return undefined;
  const found = await findArtifactFile(files, run, record, { node, file: "sheet.png" });
  return found && await new Response(found.read()).bytes();
}

/** Likewise, with what it shows, both readable. */
export async function readSheet(
  files: RunFiles,
  run: string,
  record: RunRecord,
  node: string,
): Promise<Sheet | undefined> {
  const png = await readSheetPicture(files, run, record, node);
  const found = await findArtifactFile(files, run, record, { node, file: "sheet.json" });
  if (!png || !found) return undefined;
  const text = await new Response(found.read()).text();
  try {
    const { clusters } = sheetSchema.parse(JSON.parse(text));
    pngSize(png);
    return { clusters, png };
  } catch (error) {
    const words = `artifacts/${node} holds no sheet of clusters: ${reasonOf(error)}`;
    throw new UnreadableFile(words, { cause: error });
  }
}
