/** py/clusterfit/kmeans.py: k-means by FAISS, or by PyTorch in tiles. */
import { importModule, job, object } from "./call.ts";
import type { Engine } from "./engine.ts";
import { PyTensor, unwrap } from "./handles.ts";

export async function kmeans(): Promise<Engine["kmeans"]> {
  using module = await importModule("kmeans");
  const fit = object(module.attr("fit"));
  return {
    async fit(features, { k, iterations, seed, engine, device, threads }, options) {
      const keywords = { iterations, seed, engine, device, threads };
      using found = object(await job(fit, [unwrap(features), k], keywords, options));
      const centroids = new PyTensor(object(found.item("centroids")));
      const labels = new PyTensor(object(found.item("labels")));
      using sizes = object(found.item("sizes"));
      using objectives = object(found.item("objectives"));
      return {
        centroids,
        labels,
        objective: Number(found.item("objective")),
        objectives: Array.from(objectives, Number),
        sizes: Array.from(object(sizes.method("tolist")), Number),
        [Symbol.dispose]() {
          centroids[Symbol.dispose]();
          labels[Symbol.dispose]();
        },
      };
    },
  };
}
