/** A finished run without its computations: small random networks and features, clustered, in a run folder. */
import { join } from "node:path";
import { writeDataset } from "../../src/data/dataset.ts";
import { python } from "clusterfit/python";
import { networkOf } from "../../src/engine/handles.ts";
import { type Network, startEngine } from "../../src/engine/mod.ts";
import { writeClusters } from "../../src/method/clusters.ts";
import type { Preprocessing } from "../../src/models/view.ts";
import { networkFile, writeNetworkCard } from "../../src/models/network.ts";
import { artifactKey, type Manifest, sealArtifact } from "../../src/pipeline/artifact.ts";
import { sealEvent } from "../../src/pipeline/events.ts";
import { formatRecord, type RunRecord } from "../../src/pipeline/record.ts";
import { formatJsonLines } from "../../src/pipeline/jsonl.ts";
import { RunFolder, runPaths } from "../../src/pipeline/store.ts";
import { events, record as reported, summary } from "../report/fixture.ts";
import { sealSummary } from "../report/summary_artifact.ts";

export const engine = await startEngine();

/** Pictures of the run, and numbers in a feature. */
export const [rows, dimensions, k] = [40, 6, 5];
export const sources = Array.from({ length: rows }, (_, row) => `mdi:"icon", ${row}`);

type Config = Manifest["config"];

export interface MadeUp {
  readonly arch?: string;
  readonly width?: number | null;
  /** Side of what the network reads; null: as the pictures are stored, 16. */
  readonly size?: number | null;
  readonly normalise?: boolean;
  /** The stage that clustered. */
  readonly clusteredBy?: string;
  /** Of the pictures. */
  readonly sources?: readonly string[];
  /** "seed-7.npre" was trained elsewhere, on pictures that were made so. */
  readonly given?: Preprocessing;
}

/** The run `made` in a folder of its own: "seed-7.ncf" was trained on the clusters of the features of "seed-7.npre". */
export async function madeUpRun(
  {
    arch = "resnet10-small",
    width = 8,
    size = null,
    normalise = true,
    clusteredBy = "cluster",
    given,
    ...data
  }: MadeUp = {},
) {
  const runs = await Deno.makeTempDir();
  const dir = join(runs, "made");
  const nodes: RunRecord["nodes"] = [];
  const seal = async (
    id: string,
    { stage, kind, config = {}, inputs = [] }: {
      readonly stage: string;
      readonly kind: string;
      readonly config?: Config;
      readonly inputs?: readonly string[];
    },
    write: (dir: string) => Promise<readonly string[]>,
  ) => {
    const folder = runPaths(dir).artifact(id);
    await Deno.mkdir(folder, { recursive: true });
    const head = { stage, version: 1, config, inputs: {} };
    await sealArtifact(folder, { ...head, kind, key: artifactKey(head) }, await write(folder));
    nodes.push({ id, stage, title: id, inputs: [...inputs], serves: [] });
  };
  const view = { size, clips: 1, frames: null };
  const network = (
    id: string,
    heads: Readonly<Record<string, number>>,
    made: { readonly stage: string; readonly inputs: string[]; readonly config: Config },
  ) =>
    seal(
      id,
      { kind: "network", ...made },
      async (folder) => {
        using net = await engine.models.build({ arch, width, heads, seed: 3 });
        save(net, join(folder, networkFile));
        return await writeNetworkCard(engine, folder, { arch, width, heads });
      },
    );

  await seal("icons", { stage: "icons.pretraining", kind: "dataset" }, (folder) =>
    writeDataset(
      folder,
      { engine },
      { height: 16, width: 16, pixels: noise(rows * 16 * 16 * 3) },
      { title: "Icons", sources: data.sources ?? sources },
    ));
  const trained = (...inputs: string[]) => ({ stage: "train", inputs, config: { view } });
  await network(
    "seed-7.npre",
    { rotations: 4 },
    given ? { stage: "import-network", inputs: [], config: {} } : trained("icons"),
  );
  const values = featuresOf(7);
  await seal(
    "seed-7.npre.features",
    {
      ...{ stage: "extract", kind: "features", inputs: ["icons", "seed-7.npre"] },
      config: {
        layer: "res5",
        view: given
          ? {
            ...view,
            size: 16,
            preprocessing: { ...given, mean: [...given.mean], std: [...given.std] },
          }
          : view,
      },
    },
    async (folder) => {
      await engine.tensors.save(join(folder, "features.safetensors"), {
        features: { data: values, shape: [rows, dimensions] },
      });
      return ["features.safetensors"];
    },
  );
  await seal(
    "seed-7.ncf.clusters",
    {
      ...{ stage: clusteredBy, kind: "labels", inputs: ["seed-7.npre.features"] },
      config: { normalise, k },
    },
    (folder) => cluster(folder, runPaths(dir).artifact("seed-7.npre.features"), normalise),
  );
  await network("seed-7.ncf", { "labels.0": k }, trained("icons", "seed-7.ncf.clusters"));
  await sealSummary(dir, summary);
  const record = { ...reported, id: "made", nodes };
  await Deno.writeTextFile(runPaths(dir).record, formatRecord(record));
  await Deno.writeTextFile(
    runPaths(dir).events,
    formatJsonLines(events.map((event) =>
      sealEvent(
        event.type === "run-started"
          ? { ...event, attempt: { ...event.attempt, run: record.id } }
          : event,
      )
    )),
  );
  return {
    ...{ runs, dir, run: new RunFolder(dir, record), features: values },
    [Symbol.asyncDispose]: () => Deno.remove(runs, { recursive: true }),
  };
}

/** As a training saves it: by the names that every network has here. */
function save(network: Network, path: string): void {
  using models = python.import("clusterfit.models");
  using tensors = python.import("clusterfit.tensors");
  tensors.method("save", path, models.method("state", networkOf(network)));
}

async function cluster(folder: string, features: string, normalise: boolean) {
  using file = await engine.tensors.load(join(features, "features.safetensors"));
  const raw = file.get("features");
  using rows = normalise ? await engine.features.l2Normalise(raw) : raw;
  using found = await engine.kmeans.fit(
    rows,
    { k, iterations: 10, seed: 1, engine: "torch", device: "cpu", threads: 1 },
    {},
  );
  const { sizes, objective, empty, distinct } = found;
  return await writeClusters(engine, folder, found, {
    ...{ k, points: sizes.reduce((sum, size) => sum + size, 0), iterations: 10 },
    ...{ objective, sizes: [...sizes], empty, distinct },
  });
}

/** Numbers that look random and are always the same. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (state * 48271) % 2147483647;
    return state >> 8;
  });
}

function featuresOf(seed: number): Float32Array {
  return Float32Array.from({ length: rows * dimensions }, (_, at) => Math.sin(at * 12.9898 + seed));
}
