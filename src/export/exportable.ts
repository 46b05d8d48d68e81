/** A network that leaves, and what there is to know of it. */
import type { Engine, Network } from "../engine/engine.ts";
import { loadNetwork, type NetworkCard, networkFile, readNetworkCard } from "../models/network.ts";
import type { Artifact } from "../pipeline/stage.ts";
import type { Artifacts, Found } from "./artifacts.ts";
import { type Reading, readingOf } from "./reading.ts";

export interface Exportable {
  readonly network: Network;
  readonly card: NetworkCard;
  readonly reading: Reading;
  /** Numbers in its features. */
  readonly features: number;
  /** Of its first head. */
  readonly outputs: number;
}

/** Loads the network of an artifact; dispose its `network`. */
export async function openExportable(
  engine: Engine,
  artifacts: Artifacts,
  found: Found,
): Promise<Exportable> {
  const artifact = found.artifact as Artifact<"network">;
  const card = await readNetworkCard(artifact);
  const reading = await readingOf(engine, artifacts, found);
  using weights = await engine.tensors.load(artifact.file(networkFile));
  const [outputs, features] = weights.get("fc.weight").shape;
  const network = await loadNetwork(engine, artifact);
  return { network, card, reading, features: features!, outputs: outputs! };
}
