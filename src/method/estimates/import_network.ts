/** Taking a network in: its library is loaded, and a network built. */
import type { ImportConfig } from "../stages/import_network.ts";
import type { Estimator } from "./estimator.ts";
import { secondsOf } from "./synthetic.ts";

export const importEstimator: Estimator = {
  stages: ["import-network"],
  shape(node) {
    const { arch, width, heads } = node.config as ImportConfig;
    return Promise.resolve({ arch, width, heads });
  },
  async cost(node, known) {
    const { arch, width, heads } = node.config as ImportConfig;
    const { seconds = 0 } = await known.sample(node, ["import", arch, width], async () => ({
      seconds: await secondsOf(async () => {
        (await known.engine.models.build({ arch, width, heads, seed: 1 }))[Symbol.dispose]();
      }),
    }));
    return { seconds, memory: 0, disk: 0 };
  },
};
