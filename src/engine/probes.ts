/** `clusterfit.probes`: linear classifiers of features. */
import { kw } from "clusterfit/python";
import { job, module } from "./call.ts";
import type { Engine } from "./engine.ts";
import { objectOf } from "./handles.ts";

/** What is used of `Fit` in py/clusterfit/probes.py. */
interface Found {
  readonly correct: readonly number[];
  readonly converged: boolean;
}

export const probes: Engine["probes"] = {
  async fit(train, evaluations, { cost, device, threads }, options) {
    const pairs = evaluations.map(({ features, labels }) => [objectOf(features), objectOf(labels)]);
    const args = [objectOf(train.features), objectOf(train.labels), pairs];
    const keywords = kw({ cost, device, threads });
    const { correct, converged } = await job<Found>(
      module("probes"),
      "logistic",
      [...args, keywords],
      options,
      ["loss"],
    );
    return { correct, converged, total: evaluations.map(({ labels }) => labels.shape[0] ?? 0) };
  },
};
