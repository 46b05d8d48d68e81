/** `clusterfit.features`: features at named stages of a network. */
import { kw, type PyObject } from "clusterfit/python";
import { job, module } from "./call.ts";
import type { Engine } from "./engine.ts";
import { objectOf, wrapTensor, wrapTensors } from "./handles.ts";

export const features: Engine["features"] = {
  async extract(network, images, layers, { batchSize, precision, device, threads }, options) {
    const keywords = kw({ batch_size: batchSize, precision, device, threads });
    const args = [objectOf(network), objectOf(images), layers, keywords];
    return wrapTensors(
      await job<Record<string, PyObject>>(module("features"), "extract", args, options),
    );
  },

  async l2Normalise(rows) {
    return wrapTensor(await job(module("features"), "l2_normalise", [objectOf(rows)]));
  },
};
