/** `clusterfit.features`: features at named stages of a network. */
import { kw, python } from "clusterfit/python";
import { job } from "./call.ts";
import type { Engine } from "./engine.ts";
import { networkOf, tensorOf, wrapTensor, wrapTensors } from "./handles.ts";
import type { Features } from "./py.ts";

const module = () => python.import<Features>("clusterfit.features");

export const features: Engine["features"] = {
  async extract(network, images, layers, { batchSize, precision, device, threads }, options) {
    const keywords = kw({ batch_size: batchSize, precision, device, threads });
    const args = [networkOf(network), tensorOf(images), layers, keywords] as const;
    return wrapTensors(await job(module(), "extract", args, options));
  },

  async l2Normalise(rows) {
    return wrapTensor(await job(module(), "l2_normalise", [tensorOf(rows)]));
  },
};
