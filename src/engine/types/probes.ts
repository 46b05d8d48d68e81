/** `clusterfit.probes`: classifiers of frozen features. */
import type { JobOptions, Scratch } from "./options.ts";
import type { Tensor } from "./tensors.ts";

/** How one probe of a sweep did. */
export interface ProbeFit {
  /** The metric in percent on each evaluation set, in the order given. */
  readonly values: readonly number[];
  /** How often the loss was computed. */
  readonly evaluations: number;
  /** Whether the gradient came within the tolerance; else the fit stopped at its limit. */
  readonly converged: boolean;
}

/** How one learning rate of a probe by SGD did. */
export interface SgdFit {
  /** The metric in percent on each evaluation set, in the order given; null where the weights diverged. */
  readonly values: readonly number[] | null;
  /** How often the weights were changed. */
  readonly steps: number;
}

/** A linear probe by mini-batch SGD: what all learning rates have in common. */
export type SgdOptions = {
  /** Passes over the rows. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly momentum: number;
  readonly weightDecay: number;
  /** How often the learning rate is divided by 10, after equally spaced intervals. */
  readonly drops: number;
  /** Of the weights at the start and the order of the rows. */
  readonly seed: number;
};

/** How the SVMs of all classes did. */
export interface SvmFit {
  /** The metric in percent on each evaluation set, in the order given. */
  readonly values: readonly number[];
  /** The chosen one of each class; null where it cannot be told from others. */
  readonly costs: readonly (number | null)[];
  /** Whether all fits at these costs came within the tolerance. */
  readonly converged: boolean;
}

/** Features float32 [N, D] and labels: int64 [N], or uint8 [N, C] for several a row: 0, 1, or 2 where a class is there
 * but difficult to see. */
export interface LabelledFeatures {
  readonly features: Tensor;
  readonly labels: Tensor;
}

export interface ProbesCalls {
  /** The probe of that name in `py/clusterfit/probes` ("logistic", "one-vs-rest") on features
   * standardised by the training rows, and the metric of its scores: one fit for each cost, in the order
   * given. */
  sweep(
    probe: string,
    metric: string,
    train: LabelledFeatures,
    evaluations: readonly LabelledFeatures[],
    options: Scratch & {
      readonly costs: readonly number[];
      /** Labels are below it. */
      readonly classes: number;
      readonly device: string;
      readonly threads: number;
    },
    job: JobOptions,
  ): Promise<readonly ProbeFit[]>;
  /** Softmax regression by SGD on the features as they are, for labels int64 [N] (paper, supplement D): one
   * fit for each learning rate, in the order given, all from the same weights and on the same batches. */
  sgd(
    metric: string,
    train: LabelledFeatures,
    evaluations: readonly LabelledFeatures[],
    options: SgdOptions & {
      readonly learningRates: readonly number[];
      /** Labels are below it. */
      readonly classes: number;
      readonly device: string;
      readonly threads: number;
    },
    job: JobOptions,
  ): Promise<readonly SgdFit[]>;
  /** A linear SVM for each class on rows of norm 1, fitted to all `sets` (paper, supplement D): the cost of each
   * by cross-validation. On the CPU, all rows in memory. */
  svm(
    metric: string,
    sets: readonly LabelledFeatures[],
    evaluations: readonly LabelledFeatures[],
    options: {
      readonly costs: readonly number[];
      /** Parts of the cross-validation. */
      readonly folds: number;
      readonly classes: number;
      readonly threads: number;
    },
    job: JobOptions,
  ): Promise<SvmFit>;
}
