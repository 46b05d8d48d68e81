/** `clusterfit.memberships`: how well each row fits into its cluster, and which rows are nearly the same. */
import { kw, python } from "clusterfit/python";
import { job } from "./call.ts";
import type { Engine } from "./engine.ts";
import { tensorOf, wrapTensors } from "./handles.ts";
import type { Memberships } from "./py.ts";
import { tensors } from "./tensors.ts";

const module = () => python.import<Memberships>("clusterfit.memberships");

export const memberships: Engine["memberships"] = {
  async distances(features, centroids, labels, { normalise, threads }, options) {
    const args = [tensorOf(features), tensorOf(centroids), tensorOf(labels)] as const;
    const keywords = kw({ normalise, threads });
    using found = wrapTensors(
      { ...await job(module(), "distances", [...args, keywords], options) },
    );
    const numbers = (name: string) => Float64Array.from(tensors.toArray(found.get(name)));
    return { own: numbers("own"), others: numbers("others"), second: numbers("second") };
  },

  async closePairs(features, labels, { own }, { within, normalise, threads }) {
    using distances = python.array(own);
    const args = [tensorOf(features), tensorOf(labels), distances] as const;
    const keywords = kw({ within, normalise, threads });
    using found = wrapTensors({ ...await job(module(), "close_pairs", [...args, keywords]) });
    const numbers = (name: string) => tensors.toArray(found.get(name));
    const [first, second, apart] = [numbers("first"), numbers("second"), numbers("distance")];
    return Array.from(apart, (distance, at) => ({
      rows: [first[at]!, second[at]!] as const,
      distance,
    }));
  },
};
