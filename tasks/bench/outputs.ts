/** What the two sides made, as SHA-256: the same digests prove that they did the same work. */
import { join } from "node:path";
import { labelsFile } from "../../src/data/labels.ts";
import { featuresFile } from "../../src/method/stages/extract.ts";
import { scoresFile, scoresSchema } from "../../src/method/stages/measure.ts";
import { networkFile } from "../../src/models/network.ts";
import { hashFile } from "../../src/pipeline/files.ts";
import { hashJson } from "../../src/pipeline/json.ts";
import { runPaths } from "../../src/pipeline/store.ts";
import { type BenchGraph, nodesOf, type StageName } from "./stages.ts";

export type Digests = Readonly<Record<StageName, string>>;

/** Of the artifacts in the run folder `run`. */
export async function typescriptDigests(graph: BenchGraph, run: string): Promise<Digests> {
  const { artifact } = runPaths(run);
  const scores: Record<string, number[]> = {};
  for (const [target, { id }] of Object.entries(graph.transfer)) {
    const text = await Deno.readTextFile(join(artifact(id), scoresFile));
    scores[target] = scoresSchema.parse(JSON.parse(text)).scores.map(({ value }) => value);
  }
  return await digests((name) => artifact(nodesOf(graph, name)[0]?.id ?? ""), scores);
}

/** Of the files that overhead.py left in `out`. */
export async function pythonDigests(out: string): Promise<Digests> {
  const scores = JSON.parse(await Deno.readTextFile(join(out, "transfer", scoresFile)));
  return await digests((name) => join(out, name), scores);
}

async function digests(
  folder: (name: StageName) => string,
  scores: Readonly<Record<string, readonly number[]>>,
): Promise<Digests> {
  const hash = async (name: StageName, file: string) =>
    (await hashFile(join(folder(name), file))).sha256;
  return {
    npre: await hash("npre", networkFile),
    features: await hash("features", featuresFile),
    clusters: hashJson([
      await hash("clusters", labelsFile),
      await hash("clusters", "centroids.safetensors"),
    ]),
    ncf: await hash("ncf", networkFile),
    transfer: hashJson({ ...scores }),
  };
}
