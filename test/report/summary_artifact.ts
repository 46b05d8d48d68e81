/** The artifact that a finished run's summary is read from. */
import { join } from "node:path";
import type { Summary } from "../../src/results/summary.ts";
import { artifactKey, sealArtifact } from "../../src/pipeline/artifact.ts";
import { runPaths } from "../../src/pipeline/store.ts";

/** Makes the artifact of the node "summary" in the run folder `dir`. */
export async function sealSummary(dir: string, summary: Summary): Promise<void> {
  const artifact = runPaths(dir).artifact("summary");
  await Deno.mkdir(artifact, { recursive: true });
  await Deno.writeTextFile(join(artifact, "summary.json"), JSON.stringify(summary));
  const made = { stage: "summarise", version: 1, config: {}, inputs: {} };
  await sealArtifact(artifact, { ...made, kind: "summary", key: artifactKey(made) }, [
    "summary.json",
  ]);
}
