/** The summary of a finished run. */
import type { RunFolder } from "../pipeline/store.ts";
import { type Summary, summarySchema } from "../results/summary.ts";

/** From its artifact: verified, unlike the copy in the run folder. Throws a DamagedArtifact where there is none
 * or it is damaged. */
export async function readSummary(run: RunFolder): Promise<Summary> {
  const path = await run.artifactFile("summary", "summary.json");
  return summarySchema.parse(JSON.parse(await Deno.readTextFile(path)));
}
