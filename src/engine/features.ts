/** `clusterfit.features`: features at named layers of a network. */
import { kw, python } from "../python/mod.ts";
import { job } from "./call.ts";
import { viewOf } from "./data.ts";
import type { Engine } from "./engine.ts";
import { networkOf, sourceOf, tensorOf, wrapTensor, wrapTensors } from "./handles.ts";
import type { Features } from "./py.ts";
import { indices } from "./tensors.ts";

const module = () => python.import<Features>("clusterfit.features");

export const features: Engine["features"] = {
  async extract(network, source, outputs, options, watch) {
    const { view: asked, rows, batchSize, precision, device, threads } = options;
    using view = viewOf(asked);
    using chosen = rows && indices(rows);
    const keywords = kw({
      ...{ view, precision, device, threads },
      rows: chosen,
      batch_size: batchSize,
    });
    const args = [networkOf(network), sourceOf(source), outputs, keywords] as const;
    return wrapTensors(await job(module(), "extract", args, watch));
  },

  async l2Normalise(rows, { folder } = {}) {
    return wrapTensor(await job(module(), "l2_normalise", [tensorOf(rows), folder ?? null]));
  },
};
