/** The TypeScript side of `deno task bench overhead`, in a process of its own: `Work` as JSON on standard
 * input, seconds per stage as JSON on standard output. */
import type { Config } from "../../src/method/config.ts";
import type { Resolved } from "../../src/method/resolve.ts";
import { type TrainConfig, trainNetwork } from "../../src/method/train_network.ts";
import type { Versions } from "../../src/method/versions.ts";
import { type Engine, startEngine } from "../../src/engine/mod.ts";
import { openArtifact, readManifest } from "../../src/pipeline/artifact.ts";
import { benchFolder, runNodes } from "./run_nodes.ts";
import { benchGraph, stageNames } from "./stages.ts";
import { objectPaths, runPaths } from "../../src/pipeline/store.ts";
import { removeIfThere } from "../../src/pipeline/files.ts";

export interface Work {
  readonly out: string;
  readonly config: Config;
  readonly resolved: Resolved;
  readonly versions: Versions;
}

async function main(): Promise<void> {
  const work: Work = await new Response(Deno.stdin.readable).json();
  const { stages } = benchGraph(work.config, work.resolved, work.versions);
  for (const { id } of Object.values(stages)) {
    await forget(work.out, id);
  }
  const engine = await startEngine();
  await warmUp(engine, work);
  const seconds = await runNodes({ ...work, nodes: [stages.transfer], engine });
  console.log(
    JSON.stringify(
      Object.fromEntries(stageNames.map((name) => [name, seconds.get(stages[name].id)])),
    ),
  );
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
  const dir = await Deno.makeTempDir();
  const icons = await openArtifact(runPaths(benchFolder(out)).artifact("icons"));
  using pictures = await engine.tensors.load(icons.file("images.safetensors"));
  await trainNetwork({
    ...{ engine, dir, task: "rotate", classes: 4, labels: null, progress: () => {} },
    damaged: () => {},
    key: "",
    images: pictures.get("images"),
    config: stages.npre.config as TrainConfig,
    signal: new AbortController().signal,
  });
  await removeIfThere(dir);
}

await main();
