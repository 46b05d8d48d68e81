/** Exports one network of a finished run: its weights in several forms, its model card, and its clusters. */
import { join } from "node:path";
import type { Engine } from "../engine/engine.ts";
import { writeFileAtomic } from "../pipeline/files.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { readSummary } from "../report/read_summary.ts";
import { Artifacts } from "./artifacts.ts";
import { measureMemberships, writeClusterFiles } from "./cluster_files.ts";
import { clusteringFacts, teacherOf } from "./clustering_facts.ts";
import { writeClustersPage } from "./cluster_page/write.ts";
import { clusteringsOf } from "./clusterings.ts";
import { openExportable } from "./exportable.ts";
import { writeFolder } from "./folder.ts";
import type { Format } from "./formats.ts";
import { modelCard } from "./model_card/card.ts";
import { checkGraphs, checkWeights } from "./library.ts";
import { writeNetwork } from "./network_files.ts";
import { writeOwnFeatures } from "./own_features.ts";
import { type Choice, chooseNetwork } from "./subject.ts";

/** What is exported, where to and how. */
export interface ExportOptions {
  /** A finished one. */
  readonly run: RunFolder;
  /** Which of its networks. */
  readonly choice: Choice;
  /** The folder to write: a new or an empty one, or that of an earlier export. */
  readonly out: string;
  /** In which forms. */
  readonly formats: readonly Format[];
  /** Whether a page with pictures of the clusters is written. */
  readonly page: boolean;
  /** The Hub's name of the licence of the weights; null where none is stated. */
  readonly license: string | null;
  /** One that was started. */
  readonly engine: Engine;
  /** Of the packages that write the files, for the model card. */
  readonly versions: Readonly<Record<string, string>>;
  /** For PyTorch and onnxruntime. */
  readonly threads: number;
  /** Aborted, it stops, and `out` is what it was. */
  readonly signal: AbortSignal;
  /** What is done now: a line for the terminal. */
  readonly say: (line: string) => void;
}

/**
 * Writes the folder `out`. Rejects with a UserError or an EngineError where the run, the choice, the folder or a
 * format is refused; `out` is then what it was.
 *
 * @example The student of a run, for timm
 * ```ts
 * import { exportRun, openRun, startEngine } from "clusterfit";
 *
 * const engine = await startEngine();
 * const { threads, versions } = await engine.devices.describe();
 * await exportRun({
 *   ...{ run: await openRun("runs/mine"), choice: { at: {} }, out: "exported" },
 *   ...{ formats: ["safetensors"], page: false, license: null, engine, versions, threads },
 *   signal: new AbortController().signal,
 *   say: (line) => console.log(line),
 * });
 * console.log(Deno.statSync("exported/model.safetensors").isFile); // true
 * ```
 */
export async function exportRun(options: ExportOptions): Promise<void> {
  const { run, choice, out, formats, page, license, engine, versions, threads, signal, say } =
    options;
  const summary = await readSummary(run);
  const subject = chooseNetwork(summary, choice);
  const artifacts = new Artifacts(run);
  const found = await artifacts.open(subject.network.node);
  const exported = await openExportable(engine, artifacts, found);
  using _network = exported.network;
  if (formats.includes("safetensors")) checkWeights(exported.card.arch);
  checkGraphs(exported.card.arch, formats);
  const clusterings = await clusteringsOf(artifacts, found);
  const begin = (what: string) => {
    signal.throwIfAborted();
    say(`Writing ${what}`);
  };

  const { arm, at, seed, node } = subject.network;
  await writeFolder(out, { run: run.id, arm, at, seed, node }, async (dir) => {
    const library = await writeNetwork(engine, dir, exported, { formats, threads, begin });
    await writeOwnFeatures(dir, artifacts, found, exported);
    for (const [place, clustering] of clusterings.entries()) {
      const name = place === 0 ? "clusters" : `clusters-${place + 1}`;
      begin(name);
      await Deno.mkdir(join(dir, name));
      const memberships = await measureMemberships(engine, clustering, threads, { signal });
      await writeClusterFiles(join(dir, name), clustering, memberships);
      if (!page) continue;
      begin(`the page of ${name}`);
      await writeClustersPage(engine, join(dir, name), {
        ...{ run: run.id, clustering, memberships, threads },
        facts: [
          ["teacher", teacherOf(clustering, run.record, summary)],
          ...clusteringFacts(clustering),
        ],
      });
    }
    const facts = { record: run.record, events: await run.events(), summary, subject, exported };
    const card = modelCard({ ...facts, library, clusterings, formats, license, versions });
    await writeFileAtomic(join(dir, "README.md"), card);
    signal.throwIfAborted();
  });
}
