/** `clusterfit.probes`: linear classifiers of features. */
import { kw } from "clusterfit/python";
import { job, module } from "./call.ts";
import type { Engine } from "./engine.ts";
import { objectOf } from "./handles.ts";

export const probes: Engine["probes"] = {
  sweep(train, evaluations, { costs, device, threads }, options) {
    const pairs = evaluations.map(({ features, labels }) => [objectOf(features), objectOf(labels)]);
    const args = [objectOf(train.features), objectOf(train.labels), pairs];
    return job(
      module("probes"),
      "sweep",
      [...args, kw({ costs: [...costs], device, threads })],
      options,
    );
  },
};
