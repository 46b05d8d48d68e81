/** `clusterfit.metrics`: what scores are measured by. */
import { python } from "../python/mod.ts";
import { job } from "./call.ts";
import type { Engine } from "./engine.ts";
import { tensorOf } from "./handles.ts";
import type { Metrics } from "./py.ts";

const module = () => python.import<Metrics>("clusterfit.metrics");

export const metrics: Engine["metrics"] = {
  baseline(metric, train, test, classes) {
    return job(module(), "baseline", [metric, tensorOf(train), tensorOf(test), classes]);
  },
};
