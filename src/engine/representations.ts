/** `clusterfit.representations`: what features say without labels. */
import { kw, python } from "clusterfit/python";
import { job } from "./call.ts";
import type { Engine } from "./engine.ts";
import { tensorOf } from "./handles.ts";
import type { Representations } from "./py.ts";

const module = () => python.import<Representations>("clusterfit.representations");

export const representations: Engine["representations"] = {
  effectiveRank(features, { threads }, options) {
    return job(module(), "effective_rank", [tensorOf(features), kw({ threads })], options);
  },

  neighbourAgreement(first, second, { neighbours, limit, seed, threads }, options) {
    const keywords = kw({ neighbours, limit, seed, threads });
    const args = [tensorOf(first), tensorOf(second), keywords] as const;
    return job(module(), "neighbour_agreement", args, options);
  },
};
