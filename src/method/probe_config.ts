/** Which classifier measures frozen features, with all that decides its weights: part of a stage's config, hence of
 * its key. */
import type { Target } from "../data/target.ts";
import type { SgdOptions } from "../engine/engine.ts";
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

export type ProbeConfig = PenalisedConfig | SgdConfig;

/** Epochs on a target of which the paper does not say: those of ImageNet-1K. */
const paperEpochs = 28;

/** What a target is probed by. `seed`: of what a probe draws. */
export function probeConfigOf(
  { kind, costs, sgd }: ProbeKeys,
  target: Pick<Target, "probe" | "probeEpochs">,
  seed: number,
): ProbeConfig {
  switch (kind) {
    case "logistic":
      return { probe: target.probe, costs };
    case "sgd": {
      const epochs = sgd.epochs === "auto" ? target.probeEpochs ?? paperEpochs : sgd.epochs;
      return { probe: "sgd", sgd: { ...sgd, epochs, seed } };
    }
  }
}
