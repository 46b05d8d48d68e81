/** A network on the disk: `network.safetensors` and its card, `network.json`. */
import { join } from "node:path";
import { z } from "zod";
import type { Engine, Network } from "../engine/engine.ts";
import type { Preprocessing } from "./view.ts";
import { readCard } from "../pipeline/card.ts";
import { writeFileAtomic } from "../pipeline/files.ts";
import type { Artifact } from "../pipeline/stage.ts";

export const networkFile = "network.safetensors";
export const networkCardFile = "network.json";

/** What a network is built by; a type, not an interface: configs are JSON. */
export type Backbone = {
  /** Of {@linkcode architectures}, or "timm:..." or "torchvision:...". */
  readonly arch: string;
  /** Channels of res2; torchvision's own sizes have 64. Null where the architecture has one size. */
  readonly width: number | null;
};

const networkCardSchema = z.object({
  arch: z.string(),
  width: z.int().nullable(),
  /** Head -> outputs, in the order of the network's. */
  heads: z.record(z.string(), z.int()),
  /** Of the last layer, of an architecture that has one size. */
  features: z.int().optional(),
  /** Plain Python that loads the network. */
  snippet: z.string(),
});

export type NetworkCard = z.infer<typeof networkCardSchema>;

/** Writes `network.json` beside the weights; returns the names of both. `preprocessing`: of a network that was trained
 * elsewhere. */
export async function writeNetworkCard(
  engine: Pick<Engine, "models">,
  dir: string,
  network: Omit<NetworkCard, "snippet">,
  preprocessing?: Preprocessing,
): Promise<readonly string[]> {
  const { arch, width, heads } = network;
  const read = preprocessing && { preprocessing };
  const snippet = engine.models.snippet({ arch, width, heads, path: networkFile, ...read });
  const card: NetworkCard = { ...network, snippet };
  await writeFileAtomic(join(dir, networkCardFile), `${JSON.stringify(card, null, 2)}\n`);
  return [networkFile, networkCardFile];
}

export function readNetworkCard(artifact: Artifact<"network">): Promise<NetworkCard> {
  return readCard(artifact, networkCardFile, networkCardSchema);
}

/** Loads the network of an artifact of kind "network". */
export async function loadNetwork(
  engine: Pick<Engine, "models">,
  artifact: Artifact<"network">,
): Promise<Network> {
  const card = await readNetworkCard(artifact);
  return await engine.models.load(artifact.file(networkFile), card);
}
