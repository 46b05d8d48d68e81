/** The consensus of clusterings: seconds of ten iterations from each start, measured on made-up clusterings that agree
 * about most rows. */
import type { HostArray, Tensor } from "../../engine/engine.ts";
import type { ConsensusConfig } from "../stages/consensus.ts";
import type { Estimator } from "./estimator.ts";
import { secondsOf, tensorsOf } from "./synthetic.ts";

/** Rows of the sample, at most. */
const mostRows = 20_000;
/** From a start, about: most come to rest then. */
const iterations = 10;

export const consensusEstimator: Estimator = {
  stages: ["consensus"],
  shape: (node) => Promise.resolve({ classes: (node.config as ConsensusConfig).k }),
  async cost(node, known) {
    const { k, starts, seed } = node.config as ConsensusConfig;
    const given = Object.values(node.inputs);
    const { rows } = await known.shapeOf(given[0]!, "features", "features");
    const some = Math.min(rows, mostRows);
    const near = Math.ceil(k * some / rows);
    const { seconds = 0 } = await known.sample(
      node,
      ["consensus", some, near, given.length, starts],
      async () => {
        const { engine, signal } = known;
        const names = given.map((_, at) => `clusters.${at}`);
        using file = await tensorsOf(
          known,
          Object.fromEntries(names.map((name, at) => [name, agreeing(some, near, at)])),
        );
        const clusterings = names.map((name): Tensor => file.get(name));
        const options = { k: near, iterations, starts, seed };
        return {
          seconds: await secondsOf(async () => {
            (await engine.kmeans.consensus(clusterings, options, { signal }))[Symbol.dispose]();
          }),
        };
      },
    );
    return {
      seconds: seconds * rows / some,
      // ids, their distinct rows and the one-hot ones; tiles
      memory: 64 * rows * given.length + 1e8,
      disk: 8 * rows,
    };
  },
};

/** int64 [rows]: three rows in ten, others in each clustering, lie in another cluster than in the rest. */
function agreeing(rows: number, k: number, at: number): HostArray {
  const id = (row: number) => (row + at) % 10 < 3 ? row * (2 * at + 3) : row;
  return {
    data: BigInt64Array.from({ length: rows }, (_, row) => BigInt(id(row) % k)),
    shape: [rows],
  };
}
