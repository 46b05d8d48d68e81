/** What the two sides made, as SHA-256: the same digests prove that they did the same work. */
import { join } from "node:path";
import { scoresSchema } from "../../src/method/scores.ts";
import { hashFile } from "../../src/pipeline/files.ts";
import { hashJson, type JsonObject } from "../../src/pipeline/json.ts";
import { runPaths } from "../../src/pipeline/store.ts";
import type { BenchGraph, StageName } from "./stages.ts";

export type Digests = Readonly<Record<StageName, string>>;

/** Of the artifacts in the run folder `run`. */
export async function typescriptDigests({ stages }: BenchGraph, run: string): Promise<Digests> {
  return await digests((name) => runPaths(run).artifact(stages[name].id), (found) => {
    const { targets, layerwise } = scoresSchema.parse(found);
    const last = targets.map(({ name, testAccuracy }) => [name, [testAccuracy]]);
    const layers = layerwise.probes.map(({ testAccuracy }) => testAccuracy);
    return { ...Object.fromEntries(last), layerwise: layers };
  });
}

/** Of the files that overhead.py left in `out`. */
export async function pythonDigests(out: string): Promise<Digests> {
  return await digests((name) => join(out, name), (found) => found);
}

async function digests(
  folder: (name: StageName) => string,
  accuracies: (scores: JsonObject) => JsonObject,
): Promise<Digests> {
  const hash = async (name: StageName, file: string) =>
    (await hashFile(join(folder(name), `${file}.safetensors`))).sha256;
  const scores = JSON.parse(await Deno.readTextFile(join(folder("transfer"), "scores.json")));
  return {
    npre: await hash("npre", "network"),
    features: await hash("features", "features"),
    clusters: await hash("clusters", "clusters"),
    ncf: await hash("ncf", "network"),
    transfer: hashJson(accuracies(scores)),
  };
}
