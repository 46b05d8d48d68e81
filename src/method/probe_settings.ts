/** What a user may set of the classifier that measures frozen features. */
import { z } from "zod";

const positive = z.int().positive();

/** `logistic`: what the target names, logistic regression of standardised features. `sgd`: the paper's, of the
 * features as they are, for one label a row. `svm`: a linear SVM for each class, of rows of norm 1. `paper`: SVMs where
 * rows may have several labels (VOC07), SGD elsewhere (supplement D). */
export const probeKinds = ["logistic", "sgd", "svm", "paper"] as const;
/** Numbers that the paper pools each layer to, at most: `probe.layerBudget` for networks like its own. */
export const paperBudget = 9216;
export type ProbeKind = (typeof probeKinds)[number];

export const probeSchema = z.strictObject({
  kind: z.enum(probeKinds).default("logistic"),
  /** Of logistic: inverse regularisation strengths tried; the best on the validation rows is tested. */
  costs: z.array(z.number().positive()).min(1).default([0.01, 0.03, 0.1, 0.3, 1]),
  /** Layers are pooled to at most this many features (paper notes: about 9000 at 224 pixels). */
  layerBudget: positive.default(1024),
  /** By the paper's text, but for the learning rates: 0.01 in its Tables 6 to 8, swept in Tables 4 and 5. */
  sgd: z.strictObject({
    /** At the start; the best on the validation rows is tested. */
    learningRates: z.array(z.number().positive()).min(1).default([0.01, 0.03, 0.1, 0.3, 1, 3]),
    /** Passes over the training rows; `auto`: what the paper gives the target, else 28. */
    epochs: z.union([z.literal("auto"), positive]).default("auto"),
    batchSize: positive.default(256),
    momentum: z.number().min(0).lt(1).default(0.9),
    weightDecay: z.number().min(0).default(5e-4),
    /** How often the learning rate is divided by 10, after equally spaced intervals. */
    drops: z.int().min(0).default(2),
  }).prefault({}),
  /** As Goyal et al. probe VOC07. */
  svm: z.strictObject({
    /** The one with the best cross-validated average precision is taken, class by class. */
    costs: z.array(z.number().positive()).min(1).default([
      ...Array.from({ length: 16 }, (_, at) => 2 ** (at - 19)),
      ...[1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100],
    ]),
    /** Parts of the cross-validation. */
    folds: z.int().min(2).default(3),
  }).prefault({}),
});

export type ProbeKeys = z.infer<typeof probeSchema>;
