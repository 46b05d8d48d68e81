/** The summary of a finished run. */
import { DamagedArtifact } from "../pipeline/artifact.ts";
import { UserError } from "../pipeline/errors.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { type Summary, summarySchema } from "../results/summary.ts";

/** From its artifact: verified, unlike the copy in the run folder. Rejects with a UserError where there is none or it is
 * damaged. */
export async function readSummary(run: RunFolder): Promise<Summary> {
  const path = await run.artifactFile("summary", "summary.json").catch((error: unknown) => {
    if (!(error instanceof DamagedArtifact)) throw error;
    throw new UserError(
      `Cannot read what the run ${run.id} measured: it needs a finished run, found that ${error.message}. ` +
        "Give its command again: it makes what is missing or damaged.",
      { cause: error },
    );
  });
  return summarySchema.parse(JSON.parse(await Deno.readTextFile(path)));
}
