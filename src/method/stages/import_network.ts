/** Stage: a network that was trained elsewhere, taken in by its content. */
import { join } from "node:path";
import { type Backbone, networkFile, writeNetworkCard } from "../../models/network.ts";
import type { NetworkFile } from "../../models/network_file.ts";
import { UserError } from "../../pipeline/errors.ts";
import { hashFile } from "../../pipeline/files.ts";
import { defineStage, type Stage } from "../../pipeline/stage.ts";
import type { Services } from "../services.ts";
import type { Versions } from "../versions.ts";

/** Its place on the disk is not in it: the same weights are the same network wherever they lie. */
export type ImportConfig = Backbone & {
  /** Of the safetensors file, hex. */
  readonly sha256: string;
  readonly heads: Readonly<Record<string, number>>;
  /** Of the library that lays it out. */
  readonly versions: Versions;
};

/** Takes the weights in the safetensors file `path`; its metadata, and so its SHA-256, say how it reads images. Fails with a UserError where they are not those of the
 * config. */
export function importNetwork(
  { path, layers, preprocessing }: Pick<NetworkFile, "path" | "layers" | "preprocessing">,
): Stage<ImportConfig, Record<never, never>, "network", Services> {
  return defineStage<ImportConfig, Record<never, never>, "network", Services>({
    name: "import-network",
    version: 2,
    inputs: {},
    output: "network",
    async run({ config, dir, services: { engine } }) {
      const { arch, width, heads, sha256 } = config;
      await Deno.copyFile(path, join(dir, networkFile));
      const found = await hashFile(join(dir, networkFile));
      if (found.sha256 !== sha256) {
        throw new UserError(
          `Cannot import the network ${path}: it needs the weights with SHA-256 ${sha256}, found ` +
            `${found.sha256}. Start again: the file changed since the run was planned.`,
        );
      }
      using _network = await engine.models.load(join(dir, networkFile), { arch, width });
      const features = Object.values(layers).at(-1)!;
      const card = { arch, width, heads, ...(width === null && { features }) };
      return await writeNetworkCard(engine, dir, card, preprocessing);
    },
  });
}
