/** What builds an exported network, by which name. */
import type { WeightsFile } from "../engine/engine.ts";
import { isOurs, isSmall, readsClips } from "../models/architectures.ts";
import { UserError } from "../pipeline/errors.ts";
import type { Format } from "./formats.ts";

export type Loader = "timm" | "torchvision" | "script";

export interface Library {
  readonly loaders: readonly Loader[];
  /** What they build it by, beside its name and its number of outputs. */
  readonly arguments: WeightsFile["arguments"];
}

/** An architecture without the library before it, and without the name of weights and the options behind it. */
export function modelOf(arch: string): string {
  return arch.replace(/^[^:]*:/, "").replace(/[.?].*$/s, "");
}

/** Throws a UserError where nothing builds the network around its weights again. */
export function checkWeights(arch: string): void {
  if (/^(?!timm:|torchvision:)[^:]*:/.test(arch)) {
    throw new UserError(
      `Cannot export the weights of ${arch}: it needs a network of timm, torchvision or this program, ` +
        "found one that was only loaded here. Take it from where it came, or leave safetensors out of " +
        "--formats.",
    );
  }
}

/** Throws a UserError where a network of clips is to be a graph, which is made of pictures. */
export function checkGraphs(arch: string, formats: readonly Format[]): void {
  const graphs = formats.filter((format) => format !== "safetensors");
  if (!readsClips(arch) || graphs.length === 0) return;
  throw new UserError(
    `Cannot export ${arch} as ${
      graphs.join(", ")
    }: it needs a network of pictures, found one of clips. Take ` +
      "--formats safetensors.",
  );
}

/** torchvision's ResNets have the same parameter names in timm; those for small images or clips, and what its library
 * does not build as it is, have a script beside them. */
export function libraryOf(arch: string, weights: WeightsFile): Library {
  if (isOurs(arch)) {
    const own = isSmall(arch) || readsClips(arch);
    return { loaders: own ? ["script"] : ["timm", "torchvision"], arguments: {} };
  }
  const library = arch.startsWith("timm:") ? "timm" : "torchvision";
  return { loaders: [weights.named ? library : "script"], arguments: weights.arguments };
}
