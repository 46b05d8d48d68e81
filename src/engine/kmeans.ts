/** `clusterfit.kmeans`: Lloyd's algorithm. */
import { kw, type PyObject } from "clusterfit/python";
import { job, module } from "./call.ts";
import type { Engine } from "./engine.ts";
import { objectOf, wrapTensor } from "./handles.ts";
import { tensors } from "./tensors.ts";

/** `Clustering` in py/clusterfit/kmeans.py. */
interface Found {
  readonly centroids: PyObject;
  readonly labels: PyObject;
  readonly sizes: PyObject;
  readonly objective: number;
  readonly objectives: readonly number[];
}

export const kmeans: Engine["kmeans"] = {
  async fit(rows, { k, iterations, seed, engine, device, threads }, options) {
    const keywords = kw({ iterations, seed, engine, device, threads });
    const args = [objectOf(rows), k, keywords];
    const found = await job<Found>(module("kmeans"), "fit", args, options, ["objective"]);
    const centroids = wrapTensor(found.centroids);
    const labels = wrapTensor(found.labels);
    using sizes = wrapTensor(found.sizes);
    return {
      centroids,
      labels,
      sizes: [...tensors.toArray(sizes)],
      objective: found.objective,
      objectives: found.objectives,
      [Symbol.dispose]() {
        centroids[Symbol.dispose]();
        labels[Symbol.dispose]();
      },
    };
  },
};
