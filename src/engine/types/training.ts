/** `clusterfit.training`: a network under way. */
import type { Source } from "./data.ts";
import type { Network } from "./models.ts";
import type { Objective } from "./objectives.ts";
import type { JobOptions, Placement } from "./options.ts";
import type { View } from "./view.ts";

/** What may happen to a training image; nothing, unless said. A type, not an interface: configs are JSON. */
export type Augmentation = {
  /** A random part of the image, resized to the view: its share of the image's area, and width / height. */
  readonly crop?: {
    readonly scale: readonly [least: number, most: number];
    readonly ratio: readonly [least: number, most: number];
    /** Where no such part fits, the largest one of such a ratio lies anywhere, not in the centre; not unless given. */
    readonly anywhere?: boolean;
  };
  /** Largest move along each axis, pixels. */
  readonly shift?: number;
  /** Half of the images are mirrored. */
  readonly flip?: boolean;
  /** In random order: factors of 1 +- `brightness`, `contrast` and `saturation`, and a turn of the hue by +- `hue`
   * of a whole one. `probability`: that it happens to an image. */
  readonly colourJitter?: {
    readonly probability: number;
    readonly brightness: number;
    readonly contrast: number;
    readonly saturation: number;
    readonly hue: number;
  };
  /** Probability that an image loses its colours. */
  readonly grey?: number;
  /** A Gaussian blur of an image, standard deviation in pixels. */
  readonly blur?: {
    readonly probability: number;
    readonly sigma: readonly [least: number, most: number];
  };
};

export interface TrainerOptions extends Placement {
  /** How the trained network reads a row: one clip. */
  readonly view: View;
  readonly batchSize: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
  readonly labelSmoothing: number;
  readonly augment: Augmentation;
  readonly seed: number;
}

/** What training measured, as means over the images of the epoch so far, whichever runs trained on them. */
export interface TrainingSummary {
  readonly loss: number;
  readonly images: number;
  /** By the names in `Objective.metrics`; "accuracy" is a fraction. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Training under way. Its place is the global step alone: batch order and augmentation are drawn from
 * (seed, epoch) and (seed, step), so a loaded checkpoint goes on bit for bit. */
export interface Trainer extends Disposable {
  readonly stepsPerEpoch: number;
  readonly step: number;
  /** One SGD step per learning rate. Progress tells `loss`. Rejects with an EngineError of kind
   * "NonFiniteLoss" where the loss or a weight turns NaN or infinite. */
  run(learningRates: readonly number[], job: JobOptions): Promise<TrainingSummary>;
  /** Writes weights, buffers, momentum and step. */
  save(path: string): Promise<void>;
  load(path: string): Promise<void>;
  /** Writes the network alone, with PyTorch's own parameter names. */
  saveNetwork(path: string): Promise<void>;
}

export interface TrainingCalls {
  trainer(
    network: Network,
    source: Source,
    objective: Objective,
    options: TrainerOptions,
  ): Promise<Trainer>;
}
