/** `clusterfit.objectives`: what networks are trained for. */
import { python } from "../python/mod.ts";
import { job } from "./call.ts";
import { viewOf } from "./data.ts";
import type { Engine } from "./engine.ts";
import { networkOf, tensorOf, wrapObjective } from "./handles.ts";
import type { Objectives } from "./py.ts";

const module = () => python.import<Objectives>("clusterfit.objectives");

export const objectives: Engine["objectives"] = {
  async make(name, { labels, networks, options }) {
    using own = new DisposableStack();
    const frozen = networks.map(({ network, view }) =>
      own.use(module().method("Frozen", networkOf(network), own.use(viewOf(view))))
    );
    return wrapObjective(
      await job(module(), "make", [name, labels.map(tensorOf), frozen, options]),
    );
  },
};
