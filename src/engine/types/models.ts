/** `clusterfit.models`: networks. */
import type { View } from "./view.ts";

/** A network held by Python: layers by name, and one or several heads. */
export type Network = Disposable;

/** What a network is built by. */
export interface Backbone {
  readonly arch: string;
  readonly width: number | null;
}

/** A layer B x channels x height x width. */
export interface LayerSize {
  readonly name: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

export interface ModelsCalls {
  /** `heads`: outputs by name, the first one kept as `fc`, a further one as `heads.<name>`. */
  build(
    options: {
      readonly arch: string;
      readonly width: number | null;
      readonly heads: Readonly<Record<string, number>>;
      readonly seed: number;
    },
  ): Promise<Network>;
  load(
    path: string,
    options: { readonly arch: string; readonly width: number | null },
  ): Promise<Network>;
  /** The layers of a network, the first to the last, for images of `size` pixels; null: of the size that it was
   * laid out for, for networks of other libraries. */
  layers(network: Network, size: number | null): Promise<readonly LayerSize[]>;
  /** Lines of plain Python that load the network at `path`. */
  snippet(
    options: {
      readonly arch: string;
      readonly width: number | null;
      readonly heads: Readonly<Record<string, number>>;
      readonly path: string;
      /** Of a network that was trained elsewhere. */
      readonly preprocessing?: View["preprocessing"];
    },
  ): string;
}
