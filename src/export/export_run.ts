/** Exports one network of a finished run: its weights in several forms, its model card, and its clusters. */
import { join } from "node:path";
import type { Engine } from "../engine/engine.ts";
import { loadNetwork, networkFile, readNetworkCard } from "../models/network.ts";
import { writeFileAtomic } from "../pipeline/files.ts";
import type { Artifact } from "../pipeline/stage.ts";
import type { RunFolder } from "../pipeline/store.ts";
import { readSummary } from "../report/read_summary.ts";
import { Artifacts, needIntact } from "./artifacts.ts";
import { measureMemberships, writeClusterFiles } from "./cluster_files.ts";
import { clusteringsOf } from "./clusterings.ts";
import { writeFolder } from "./folder.ts";
import { type Format, writeFormat } from "./formats.ts";
import { libraryOf } from "./library.ts";
import { modelCard } from "./model_card/card.ts";
import { writeModelConfig } from "./model_config.ts";
import { readingOf } from "./reading.ts";
import { type Choice, chooseNetwork } from "./subject.ts";

export interface ExportOptions {
  readonly run: RunFolder;
  readonly choice: Choice;
  readonly out: string;
  readonly formats: readonly Format[];
  /** The Hub's name of the licence of the weights; null where none is stated. */
  readonly license: string | null;
  readonly engine: Engine;
  /** Of the packages that write the files, for the model card. */
  readonly versions: Readonly<Record<string, string>>;
  readonly threads: number;
  readonly signal: AbortSignal;
  /** What is done now: a line for the terminal. */
  readonly say: (line: string) => void;
}

/** Writes the folder `out`. Rejects with a UserError or an EngineError where the run, the choice, the folder or a
 * format is refused; `out` is then what it was. */
export async function exportRun(options: ExportOptions): Promise<void> {
  const { run, choice, out, formats, license, engine, versions, threads, signal, say } = options;
  const summary = await needIntact(run, readSummary(run));
  const subject = chooseNetwork(summary, choice);
  const artifacts = new Artifacts(run);
  const found = await artifacts.open(subject.network.node);
  const weights = found.artifact as Artifact<"network">;
  const card = await readNetworkCard(weights);
  const library = libraryOf(card.arch);
  const reading = await readingOf(engine, artifacts, found);
  const clusterings = await clusteringsOf(artifacts, found);
  const [outputs, features] = await headOf(engine, weights);
  using network = await loadNetwork(engine, weights);

  const { arm, at, seed, node } = subject.network;
  await writeFolder(out, { run: run.id, arm, at, seed, node }, async (dir) => {
    for (const format of formats) {
      signal.throwIfAborted();
      say(`Writing ${format}`);
      await writeFormat[format](engine, dir, {
        network,
        card,
        library,
        size: reading.size,
        threads,
      });
    }
    await writeModelConfig(dir, { model: library.model, features, outputs, reading });
    for (const [place, clustering] of clusterings.entries()) {
      signal.throwIfAborted();
      const name = place === 0 ? "clusters" : `clusters-${place + 1}`;
      say(`Writing ${name}`);
      await Deno.mkdir(join(dir, name));
      const memberships = await measureMemberships(engine, clustering, threads, { signal });
      await writeClusterFiles(join(dir, name), clustering, memberships);
    }
    const events = await run.events();
    const facts = { record: run.record, events, summary, subject, card, library, reading };
    const text = modelCard({
      ...facts,
      features,
      outputs,
      clusterings,
      formats,
      license,
      versions,
    });
    await writeFileAtomic(join(dir, "README.md"), text);
    signal.throwIfAborted();
  });
}

/** Outputs and inputs of the first head. */
async function headOf(
  engine: Pick<Engine, "tensors">,
  network: Artifact<"network">,
): Promise<readonly [number, number]> {
  using file = await engine.tensors.load(network.file(networkFile));
  const [outputs, features] = file.get("fc.weight").shape;
  return [outputs!, features!];
}
