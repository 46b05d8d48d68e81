/** `clusterfit.kmeans`: Lloyd's algorithm. */
import { kw, type py, python } from "../python/mod.ts";
import { job } from "./call.ts";
import type { Clustering, Engine } from "./engine.ts";
import { tensorOf, wrapTensor } from "./handles.ts";
import type { Kmeans } from "./py.ts";
import { tensors } from "./tensors.ts";

const module = () => python.import<Kmeans>("clusterfit.kmeans");

type Found = py.Js<py.Returned<Kmeans["fit"]>>;

function wrap(found: Found): Clustering {
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
}

export const kmeans: Engine["kmeans"] = {
  async fit(rows, { k, iterations, seed, engine, device, threads, folder, start }, options) {
    const keywords = kw({
      ...{ iterations, seed, engine, device, threads, folder: folder ?? null },
      init_centroids: start ? tensorOf(start) : null,
    });
    const args = [tensorOf(rows), k, keywords] as const;
    return wrap(await job(module(), "fit", args, options, ["objective"]));
  },

  async balance(rows, centroids, { most, iterations, seed, device, threads }, options) {
    const keywords = kw({ iterations, seed, device, threads });
    const args = [tensorOf(rows), tensorOf(centroids), most, keywords] as const;
    const found = await job(module(), "balance", args, options, ["objective"]);
    return { ...wrap(found), gap: found.gap };
  },

  async drawRows(rows, count, { seed, folder }) {
    const keywords = kw({ seed, folder: folder ?? null });
    return wrapTensor(await job(module(), "draw_rows", [tensorOf(rows), count, keywords]));
  },

  async reproducibleInformation(rows, { k, folder, ...options }, watch) {
    const { splits, iterations, seed, engine, device, threads } = options;
    const keywords = kw({
      splits,
      iterations,
      seed,
      engine,
      device,
      threads,
      folder: folder ?? null,
    });
    const args = [tensorOf(rows), k, keywords] as const;
    return await job(module(), "reproducible_information", args, watch);
  },

  async prototypes(rows, labels, classes, { engine, device, threads, folder }) {
    const keywords = kw({ engine, device, threads, folder: folder ?? null });
    const args = [tensorOf(rows), tensorOf(labels), classes, keywords] as const;
    return wrap(await job(module(), "prototypes", args));
  },

  async assign(rows, centroids, { engine, device, threads, folder }) {
    const keywords = kw({ engine, device, threads, folder: folder ?? null });
    const args = [tensorOf(rows), tensorOf(centroids), keywords] as const;
    return wrapTensor(await job(module(), "assign", args));
  },
};
