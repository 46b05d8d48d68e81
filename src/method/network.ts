/** A trained network on the disk: `network.safetensors` and its card, `network.json`. */
import { join } from "node:path";
import { z } from "zod";
import type { Engine, Network } from "../engine/engine.ts";
import { writeFileAtomic } from "../pipeline/files.ts";
import type { Artifact } from "../pipeline/stage.ts";

export const networkFile = "network.safetensors";

export type NetworkConfig = {
  readonly arch: string;
  /** Channels of res2; torchvision's own sizes have 64. */
  readonly width: number;
};

const networkCardSchema = z.object({
  arch: z.string(),
  width: z.int(),
  classes: z.int(),
  /** Plain Python that loads the network. */
  snippet: z.string(),
});

export async function writeNetworkCard(
  engine: Engine,
  dir: string,
  network: NetworkConfig & { readonly classes: number },
): Promise<void> {
  const { arch, width, classes } = network;
  const snippet = engine.nets.snippet({ arch, width, classes, path: networkFile });
  const card: z.infer<typeof networkCardSchema> = { arch, width, classes, snippet };
  await writeFileAtomic(join(dir, "network.json"), `${JSON.stringify(card, null, 2)}\n`);
}

/** Loads the network of an artifact of kind "network". */
export async function loadNetwork(engine: Engine, artifact: Artifact<"network">): Promise<Network> {
  const card = networkCardSchema.parse(
    JSON.parse(await Deno.readTextFile(artifact.file("network.json"))),
  );
  return await engine.nets.load(artifact.file(networkFile), card);
}
