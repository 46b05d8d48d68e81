/** What builds an exported network, by which name. */
import { architectures, isSmall } from "../models/architectures.ts";

export type Loader = "timm" | "torchvision" | "script";

export interface Library {
  /** The architecture, as they call it. */
  readonly model: string;
  readonly loaders: readonly Loader[];
}

/** torchvision's ResNets have the same parameter names in timm; those for small images have a script beside them. */
export function libraryOf(arch: string): Library {
  const own = architectures.find((name) => name === arch);
  if (own !== undefined) {
    return { model: own, loaders: isSmall(own) ? ["script"] : ["timm", "torchvision"] };
  }
  const [library = "", model = ""] = arch.split(/:(.*)/s);
  return { model, loaders: [library === "timm" ? "timm" : "torchvision"] };
}
