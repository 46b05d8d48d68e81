/** The TypeScript side of `deno task bench overhead`, in a process of its own: `Work` as JSON on standard
 * input, seconds per stage as JSON on standard output. */
import type { Config } from "../../src/clusterfit/config.ts";
import type { Resolved } from "../../src/clusterfit/resolve.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { benchFolder, runNodes } from "./run_nodes.ts";
import { benchGraph, stageNames } from "./stages.ts";
import { runPaths } from "../../src/pipeline/store.ts";
import { removeIfThere } from "../../src/pipeline/files.ts";

export interface Work {
  readonly out: string;
  readonly config: Config;
  readonly resolved: Resolved;
}

async function main(): Promise<void> {
  const work: Work = await new Response(Deno.stdin.readable).json();
  const { stages } = benchGraph(work.config, work.resolved);
  for (const { id } of Object.values(stages)) {
    await removeIfThere(runPaths(benchFolder(work.out)).artifact(id));
  }
  const engine = await startEngine();
  const seconds = await runNodes({ ...work, nodes: [stages.transfer], engine });
  console.log(
    JSON.stringify(
      Object.fromEntries(stageNames.map((name) => [name, seconds.get(stages[name].id)])),
    ),
  );
}

await main();
