/** The calls into `clusterfit.export`. */
import type { Backbone, Network } from "./models.ts";

/** What `weights` wrote. */
export interface WeightsFile {
  /** Whether the names are those of the library's own network with as many outputs. */
  readonly named: boolean;
  /** What that is made by, beside its name and the number of outputs. */
  readonly arguments: Readonly<Record<string, number | string | boolean>>;
}

export interface ExportOptions {
  /** Side of its images in pixels; their number is left open. */
  readonly size: number;
  readonly threads: number;
}

/** A trained network as other programs load it: the trunk and the first head. */
export interface ExportCalls {
  /** safetensors, by the parameter names of the library that `arch` names, where its own network with a
   * classifier answers as this one does. */
  weights(
    network: Network,
    path: string,
    options: ExportOptions & { readonly arch: string },
  ): Promise<WeightsFile>;
  /** What `torch.export.load` reads. Rejects with an EngineError of kind "Disagreement", and without a
   * file, where it does not answer as the network does. */
  program(network: Network, path: string, options: ExportOptions): Promise<void>;
  /** An ONNX graph; rejects likewise, where onnxruntime does not answer so. */
  onnx(network: Network, path: string, options: ExportOptions): Promise<void>;
  /** A module of plain Python whose `load()` gives the network with the weights in the file of that name
   * beside it. */
  script(options: Backbone & { readonly weights: string }): string;
}
