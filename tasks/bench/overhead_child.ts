/** The TypeScript side of `deno task bench overhead`, in a process of its own: `Work` as JSON on standard
 * input, seconds per stage as JSON on standard output. */
import type { DefaultConfig } from "../../src/experiments/default.ts";
import type { Resolved } from "../../src/method/resolve.ts";
import type { Versions } from "../../src/method/versions.ts";
import { type Engine, startEngine } from "../../src/engine/mod.ts";
import { readManifest } from "../../src/pipeline/artifact.ts";
import { benchFolder, runNodes } from "./run_nodes.ts";
import { benchGraph, nodesOf, stageNames } from "./stages.ts";
import { objectPaths, runPaths } from "../../src/pipeline/store.ts";
import { removeIfThere } from "../../src/pipeline/files.ts";

export interface Work {
  readonly out: string;
  readonly config: DefaultConfig;
  readonly resolved: Resolved;
  readonly versions: Versions;
}

async function main(): Promise<void> {
  const work: Work = await new Response(Deno.stdin.readable).json();
  const graph = benchGraph(work.config, work.resolved, work.versions);
  const timed = stageNames.flatMap((name) => nodesOf(graph, name));
  for (const { id } of timed) await forget(work.out, id);
  const engine = await startEngine();
  await warmUp(engine, work);
  const seconds = await runNodes({ ...work, nodes: Object.values(graph.transfer), engine });
  const total = (name: (typeof stageNames)[number]) =>
    nodesOf(graph, name).reduce((sum, { id }) => sum + (seconds.get(id) ?? NaN), 0);
  console.log(JSON.stringify(Object.fromEntries(stageNames.map((name) => [name, total(name)]))));
}

/** Removes a node's artifact, so that its stage runs again. */
async function forget(out: string, node: string): Promise<void> {
  const dir = runPaths(benchFolder(out)).artifact(node);
  const manifest = await readManifest(dir);
  if (manifest) await removeIfThere(objectPaths(out).object(manifest.key));
  await removeIfThere(dir);
}

/** Trains an epoch that counts for nothing, as overhead.py does: kernels are compiled at their first use. */
async function warmUp(engine: Engine, { out, config, resolved, versions }: Work): Promise<void> {
  const { stages } = benchGraph({ ...config, epochs: 1 }, resolved, versions);
  await runNodes({ out, config, resolved, nodes: [stages.npre], engine });
  await forget(out, stages.npre.id);
}

await main();
