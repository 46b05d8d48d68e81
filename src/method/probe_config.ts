/** Which classifier measures frozen features, with all that decides its weights: part of a stage's config, hence of
 * its key. */
import type { Target } from "../data/target.ts";
import type { SgdOptions } from "../engine/engine.ts";
import { UserError } from "../pipeline/errors.ts";
import type { ProbeKeys } from "./probe_settings.ts";

/** A penalised one, by its name in `py/clusterfit/probes`, at each of these inverse strengths of the penalty. */
export type PenalisedConfig = {
  readonly probe: string;
  readonly costs: readonly number[];
};

/** The paper's SGD at each of these learning rates. */
export type SgdConfig = {
  readonly probe: "sgd";
  readonly sgd: SgdOptions & { readonly learningRates: readonly number[] };
};

/** Linear SVMs, fitted to train and validation rows: the cost of each class is chosen by cross-validation. */
export type SvmConfig = {
  readonly probe: "svm";
  readonly svm: { readonly costs: readonly number[]; readonly folds: number };
};

export type ProbeConfig = PenalisedConfig | SgdConfig | SvmConfig;

/** Epochs on a target of which the paper does not say: those of ImageNet-1K. */
const paperEpochs = 28;

/** What a target is probed by. `seed`: of what a probe draws. Throws a UserError where it cannot be. */
export function probeConfigOf(
  { kind, costs, sgd, svm }: ProbeKeys,
  target: Pick<Target, "name" | "probe" | "probeEpochs">,
  seed: number,
): ProbeConfig {
  const several = target.probe === "one-vs-rest";
  switch (kind === "paper" ? (several ? "svm" : "sgd") : kind) {
    case "logistic":
      return { probe: target.probe, costs };
    case "svm":
      return { probe: "svm", svm };
    case "sgd": {
      if (several) {
        throw new UserError(
          `Cannot probe on "${target.name}" by SGD: it needs one label for each picture, found several. ` +
            "Choose another probe: --set probe.kind=paper takes SVMs where there are several.",
        );
      }
      const epochs = sgd.epochs === "auto" ? target.probeEpochs ?? paperEpochs : sgd.epochs;
      return { probe: "sgd", sgd: { ...sgd, epochs, seed } };
    }
  }
}
