/** A pre-trained network as a file of ours: safetensors, with what it is in the file's metadata. Whatever a teacher
 * comes from (torchvision, timm, a hub, a foreign checkpoint) becomes one of these first. */
import type { Preprocessing } from "./view.ts";
import type { Backbone } from "./network.ts";

/** A file with the weights of a network, and what it says of them. */
export interface NetworkFile {
  /** Where it is. */
  readonly path: string;
  /** Of the file, hex. */
  readonly sha256: string;
  /** What it builds. */
  readonly backbone: Backbone;
  /** Head -> outputs. */
  readonly heads: Readonly<Record<string, number>>;
  /** Side in pixels of what it reads. */
  readonly size: number;
  /** What it was trained on. */
  readonly preprocessing: Preprocessing;
  /** Layer -> channels, the first to the last; the last one is the penultimate layer, whose features are
   * clustered and transferred (paper, section 3.1). */
  readonly layers: Readonly<Record<string, number>>;
  /** What it is, for people and for cards: "timm:tf_efficientnet_lite0, ImageNet-1K". */
  readonly title: string;
}
