/** `clusterfit layers`: what of a network can be clustered, by name and with its size. */
import { Command, InvalidArgumentError } from "commander";
import { type Engine, type LayerSize, type Network, startEngine } from "../../engine/mod.ts";
import { isOurs, isSmall, widthOf } from "../../models/architectures.ts";
import { networkCache } from "../../networks/cache.ts";
import { obtainNetwork } from "../../networks/obtain.ts";
import { extrasOfArchitecture } from "../../networks/spec.ts";
import type { Install } from "../../steps/extras.ts";
import { once } from "../../steps/step_options.ts";
import { addHelp } from "../help.ts";
import { createOutput } from "../output.ts";
import type { Subcommand } from "./command.ts";

interface Flags {
  readonly size?: number;
  readonly json: boolean;
}

export const layers: Subcommand = {
  name: "layers",
  about: "the layers of a network by name, with their channels and sizes",
  async run(args, { install }) {
    const command = addHelp(
      new Command("clusterfit layers")
        .description(
          "List the layers of an architecture, or of a pre-trained network (docs/NETWORKS.md). The last one is " +
            "clustered unless another is named.\n" +
            "  deno task clusterfit layers timm:vit_small_patch14_dinov2.lvd142m?size=224",
        )
        .argument(
          "<network>",
          "as resnet18, torchvision:resnet50, timm:resnet26d, teacher.safetensors",
        )
        .option("--size <pixels>", "side of the images; the usual one unless given", pixels)
        .option("--json", "print the result as JSON", false),
    );
    command.parse([...args], { from: "user" });
    const { size, json } = command.opts<Flags>();
    const output = createOutput({ json });
    const engine = once(startEngine);
    output.line("Starting Python and PyTorch");
    const given = command.args[0]!;
    const usual = isSmall(given) ? 32 : null;
    using network = await openNetwork(given, engine, install);
    const found = await (await engine()).models.layers(network, size ?? usual);
    output.result(json ? JSON.stringify(found) : layersText(found));
    return 0;
  },
};

/** The architecture of that name, untrained; else the pre-trained network. */
async function openNetwork(
  given: string,
  engine: () => Promise<Engine>,
  install: Install,
): Promise<Network> {
  if (isOurs(given) || /^(torchvision|timm):[^@]+$/.test(given)) {
    await install(extrasOfArchitecture(given));
    const { models } = await engine();
    const width = widthOf({ arch: given, width: "auto" });
    return await models.build({ arch: given, width, heads: { unused: 2 }, seed: 0 });
  }
  const options = { cache: networkCache, folder: Deno.cwd(), install };
  const { path, backbone } = await obtainNetwork(engine, given, options);
  return await (await engine()).models.load(path, backbone);
}

/** A line for each layer: its name, channels x height x width. */
export function layersText(found: readonly LayerSize[]): string {
  const names = Math.max(...found.map(({ name }) => name.length));
  return found
    .map(({ name, channels, height, width }) =>
      `${name.padEnd(names)}  ${String(channels).padStart(5)} x ${height} x ${width}`
    )
    .join("\n");
}

function pixels(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`It needs a number of pixels, got "${text}".`);
}
