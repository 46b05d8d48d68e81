/** Whether a run made what an undisturbed one makes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openArtifact } from "../../src/pipeline/artifact.ts";
import { hashFile } from "../../src/pipeline/files.ts";
import { publishedBy } from "../../src/pipeline/published.ts";
import { folderNames, type RunFolder, runPaths } from "../../src/pipeline/store.ts";

/** Where the run's files are not those of the undisturbed one in the folder `reference`; none where all are. */
export async function differences(reference: string, run: RunFolder): Promise<string[]> {
  const problems: string[] = [];
  const nodes = await folderNames(join(reference, "artifacts"));
  if ((await folderNames(join(run.dir, "artifacts"))).join() !== nodes.join()) {
    problems.push("it has other artifacts");
  }
  for (const node of nodes) {
    const [expected, found] = await Promise.all(
      [reference, run.dir].map((dir) => openArtifact(runPaths(dir).artifact(node))),
    );
    if (expected?.hash !== found?.hash) problems.push(`${node} has other bytes`);
  }
  const summaries = [reference, run.dir].map((dir) => readFileSync(runPaths(dir).summary));
  if (!summaries[0]!.equals(summaries[1]!)) problems.push("summary.json has other bytes");
  const published = publishedBy(await run.events()) ?? {};
  const { sha256 } = await hashFile(runPaths(run.dir).report);
  if (published["report.html"] !== sha256) problems.push("report.html is not what was published");
  return problems;
}
