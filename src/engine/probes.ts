/** `clusterfit.probes`: linear classifiers of features. */
import { kw, python } from "../python/mod.ts";
import { job } from "./call.ts";
import type { Engine, LabelledFeatures } from "./engine.ts";
import { tensorOf } from "./handles.ts";
import type { Probes } from "./py.ts";

const module = () => python.import<Probes>("clusterfit.probes");

export const probes: Engine["probes"] = {
  sweep(probe, metric, train, evaluations, how, options) {
    const { costs, classes, device, threads, folder } = how;
    const keywords = kw({ costs, classes, device, threads, folder: folder ?? null });
    const args = [probe, metric, ...pair(train), evaluations.map(pair), keywords] as const;
    return job(module(), "sweep", args, options);
  },

  sgd(metric, train, evaluations, how, options) {
    const { learningRates, batchSize, weightDecay, ...named } = how;
    const keywords = kw({
      ...named,
      learning_rates: learningRates,
      batch_size: batchSize,
      weight_decay: weightDecay,
    });
    const args = [metric, ...pair(train), evaluations.map(pair), keywords] as const;
    return job(module(), "sgd", args, options);
  },

  svm(metric, sets, evaluations, how, options) {
    const args = [metric, sets.map(pair), evaluations.map(pair), kw({ ...how })] as const;
    return job(module(), "svm", args, options);
  },
};

const pair = ({ features, labels }: LabelledFeatures) =>
  [tensorOf(features), tensorOf(labels)] as const;
