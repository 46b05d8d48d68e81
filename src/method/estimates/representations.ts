/** Measures of features without labels, on features of the right shape. */
import type { EffectiveRankConfig } from "../stages/effective_rank.ts";
import type { NeighbourAgreementConfig } from "../stages/neighbour_agreement.ts";
import type { Estimator } from "./estimator.ts";
import { featuresOf, secondsOf, tensorsOf } from "./synthetic.ts";

/** Numbers of the sample's features, at most. */
const mostNumbers = 8e6;
/** Clouds that the sample's rows lie in. */
const clouds = 50;

export const effectiveRankEstimator: Estimator = {
  stages: ["effective-rank"],
  shape: () => Promise.resolve({}),
  async cost(node, known) {
    const { threads } = node.config as EffectiveRankConfig;
    const { rows, dimensions } = await known.shapeOf(node, "features", "features");
    const some = Math.min(rows, Math.ceil(mostNumbers / dimensions));
    const { seconds = 0 } = await known.sample(
      node,
      ["effective-rank", some, dimensions, threads],
      async () => {
        const { engine, signal } = known;
        using file = await tensorsOf(known, { features: featuresOf(some, dimensions, clouds) });
        const features = file.get("features");
        return {
          seconds: await secondsOf(() =>
            engine.representations.effectiveRank(features, { threads }, { signal })
          ),
        };
      },
    );
    return { seconds: seconds * rows / some, memory: 0, disk: 0 };
  },
};

export const neighbourAgreementEstimator: Estimator = {
  stages: ["neighbour-agreement"],
  shape: () => Promise.resolve({}),
  async cost(node, known) {
    const config = node.config as NeighbourAgreementConfig;
    const own = await known.shapeOf(node, "features", "features");
    const other = await known.shapeOf(node, "reference", "features");
    const rows = Math.min(own.rows, config.limit);
    const { seconds = 0 } = await known.sample(
      node,
      ["neighbour-agreement", rows, own.dimensions, other.dimensions, config.threads],
      async () => {
        const { engine, signal } = known;
        using file = await tensorsOf(known, {
          own: featuresOf(rows, own.dimensions, clouds),
          other: featuresOf(rows, other.dimensions, clouds),
        });
        const [first, second] = [file.get("own"), file.get("other")];
        return {
          seconds: await secondsOf(() =>
            engine.representations.neighbourAgreement(first, second, config, { signal })
          ),
        };
      },
    );
    return { seconds, memory: 0, disk: 0 };
  },
};
