/** `clusterfit.kmeans`: Lloyd's algorithm. */
import { kw, python } from "../python/mod.ts";
import { job } from "./call.ts";
import type { Engine } from "./engine.ts";
import { tensorOf, wrapTensor } from "./handles.ts";
import type { Kmeans } from "./py.ts";
import { tensors } from "./tensors.ts";

const module = () => python.import<Kmeans>("clusterfit.kmeans");

export const kmeans: Engine["kmeans"] = {
  async fit(rows, { k, iterations, seed, engine, device, threads, folder }, options) {
    const keywords = kw({ iterations, seed, engine, device, threads, folder: folder ?? null });
    const args = [tensorOf(rows), k, keywords] as const;
    const found = await job(module(), "fit", args, options, ["objective"]);
    const centroids = wrapTensor(found.centroids);
    const labels = wrapTensor(found.labels);
    using sizes = wrapTensor(found.sizes);
    return {
      centroids,
      labels,
      sizes: [...tensors.toArray(sizes)],
      distinct: found.distinct,
      empty: found.empty,
      objective: found.objective,
      objectives: found.objectives,
      [Symbol.dispose]() {
        centroids[Symbol.dispose]();
        labels[Symbol.dispose]();
      },
    };
  },

  async assign(rows, centroids, { engine, device, threads, folder }) {
    const keywords = kw({ engine, device, threads, folder: folder ?? null });
    const args = [tensorOf(rows), tensorOf(centroids), keywords] as const;
    return wrapTensor(await job(module(), "assign", args));
  },
};
