/** py/clusterfit/features.py: features of frozen networks. */
import { importModule, job, object } from "./call.ts";
import type { Engine } from "./engine.ts";
import { PyTensor, PyTensorFile, unwrap } from "./handles.ts";

export async function features(): Promise<Engine["features"]> {
  using module = await importModule("features");
  const extract = object(module.attr("extract"));
  const normalise = object(module.attr("l2_normalise"));
  return {
    async extract(network, images, layers, { batchSize, precision, device, threads }, options) {
      const keywords = { batch_size: batchSize, precision, device, threads };
      const found = await job(
        extract,
        [unwrap(network), unwrap(images), layers],
        keywords,
        options,
      );
      return new PyTensorFile(object(found));
    },

    async l2Normalise(rows) {
      return new PyTensor(object(await job(normalise, [unwrap(rows)], {}, {})));
    },
  };
}
