/** `clusterfit import-checkpoint`: a foreign checkpoint as a file of ours, its weights alone. */
import { dirname, resolve } from "node:path";
import { Command } from "commander";
import { type Imported, startEngine } from "../../engine/mod.ts";
import { readingFor } from "../../networks/reading.ts";
import { extrasOfArchitecture } from "../../networks/spec.ts";
import { UserError } from "../../pipeline/errors.ts";
import { makeFolder } from "../../pipeline/run.ts";
import { addHelp } from "../help.ts";
import { path } from "../options.ts";
import { createOutput } from "../output.ts";
import type { Subcommand } from "./command.ts";

interface Flags {
  readonly arch?: string;
  readonly out: string;
  readonly preprocessing?: string;
  readonly json: boolean;
}

export const importCheckpoint: Subcommand = {
  name: "import-checkpoint",
  about:
    "weights that others trained (.pth, .pt2), as a teacher: torchvision, timm, MoCo, DINO, ...",
  async run(args, { install }) {
    const command = flags();
    command.parse([...args], { from: "user" });
    const [given] = command.args as [string];
    const { arch = null, out, preprocessing, json } = command.opts<Flags>();
    if (!out.endsWith(".safetensors")) {
      throw new UserError(
        `Cannot write ${out}: it needs a name that ends in .safetensors. Give such a name to --out.`,
      );
    }
    if (preprocessing === undefined) throw unsaid(given);
    const reading = (await readingFor(preprocessing, Deno.cwd()))!;
    await install(extrasOfArchitecture(arch ?? "timm:"));
    await makeFolder(dirname(resolve(out)));
    const output = createOutput({ json });
    output.line("Starting Python and PyTorch");
    const engine = await startEngine();
    const done = await engine.pretrained.fromCheckpoint(
      resolve(given),
      arch,
      resolve(out),
      reading,
    );
    output.result(json ? JSON.stringify({ out, ...done }) : importedText(out, done));
    return 0;
  },
};

function flags(): Command {
  return addHelp(
    new Command("clusterfit import-checkpoint")
      .description(
        "Take the weights out of a checkpoint of PyTorch, never the code in it, and write them with what the " +
          "network is (docs/NETWORKS.md). The result is named by --teacher.\n" +
          "  deno task clusterfit import-checkpoint moco.pth.tar --out moco.safetensors \\\n" +
          "    --arch torchvision:resnet50 --preprocessing imagenet",
      )
      .argument("<file>", "a .pth, .pt, .tar, .bin, .torch, .pt2 or .safetensors", path)
      .option("--arch <name>", "as resnet50, torchvision:resnet50, timm:vit_small_patch16_224")
      .requiredOption("--out <file>", "what to write, .safetensors", path)
      .option("--preprocessing <how>", "how it reads images: imagenet, or a JSON file", path)
      .option("--json", "print the result as one JSON object", false),
  );
}

function unsaid(given: string): UserError {
  return new UserError(
    `Cannot import ${given}: it needs to be known how the network reads images, and a checkpoint does not say. ` +
      "Give --preprocessing imagenet (256, 224, bilinear, ImageNet's mean and deviation: MoCo, SwAV, DINO, " +
      "VISSL and most of torchvision), or a JSON file (docs/NETWORKS.md).",
  );
}

/** What was found and what was left out, for the terminal. */
export function importedText(
  out: string,
  { arch, layout, weights, heads, others, notes }: Imported,
): string {
  const named = Object.entries(others).map(([part, tensors]) => `${part} (${tensors})`);
  return [
    `${arch}: ${weights} of ${weights} weights of the trunk, from ${layout}`,
    ...(heads.length > 0 ? [`left out, behind the features: ${heads.join(", ")}`] : []),
    ...(named.length > 0 ? [`left out, of other parts: ${named.join(", ")}`] : []),
    ...notes,
    `-> ${out}`,
  ].join("\n");
}
