/** `clusterfit.kmeans`: Lloyd's algorithm. */
import { kw, type py, type PyObject, python } from "../python/mod.ts";
import { job } from "./call.ts";
import type { Clustering, Engine, HostArray, Partition, Tensor } from "./engine.ts";
import { tensorOf, wrapTensor } from "./handles.ts";
import type { Kmeans } from "./py.ts";
import { fromHost, tensors } from "./tensors.ts";

const module = () => python.import<Kmeans>("clusterfit.kmeans");

type Found = py.Js<py.Returned<Kmeans["fit"]>>;

function wrap(found: Found): Clustering {
  const centroids = wrapTensor(found.centroids);
  const partition = wrapPartition(found);
  return {
    ...partition,
    centroids,
    [Symbol.dispose]() {
      centroids[Symbol.dispose]();
      partition[Symbol.dispose]();
    },
  };
}

function wrapPartition(found: Omit<Found, "centroids">): Partition {
  const labels = wrapTensor(found.labels);
  using sizes = wrapTensor(found.sizes);
  const { distinct, empty, objective, objectives } = found;
  return {
    ...{ labels, distinct, empty, objective, objectives },
    sizes: [...tensors.toArray(sizes)],
    [Symbol.dispose]: () => labels[Symbol.dispose](),
  };
}

/** What `use` gives of labels in Python. */
async function ofLabels<T>(
  labels: Tensor | HostArray,
  use: (ofRows: PyObject<py.Tensor>) => Promise<T>,
): Promise<T> {
  if (!("data" in labels)) return await use(tensorOf(labels));
  using ofRows = fromHost(labels);
  return await use(ofRows);
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

  async guide(rows, labels, classes, options, watch) {
    const { k, weight, iterations, seed, device, threads } = options;
    const keywords = kw({ weight, iterations, seed, device, threads });
    return await ofLabels(labels, async (ofRows) => {
      const args = [tensorOf(rows), ofRows, classes, k, keywords] as const;
      const found = await job(module(), "guide", args, watch, ["objective"]);
      return { ...wrap(found), impurity: found.impurity };
    });
  },

  async consensus(clusterings, { k, iterations, starts, seed }, options) {
    const keywords = kw({ iterations, starts, seed });
    const args = [clusterings.map(tensorOf), k, keywords] as const;
    return wrapPartition(await job(module(), "consensus", args, options));
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
    return await ofLabels(
      labels,
      async (ofRows) =>
        wrap(await job(module(), "prototypes", [tensorOf(rows), ofRows, classes, keywords])),
    );
  },

  async assign(rows, centroids, { engine, device, threads, folder }) {
    const keywords = kw({ engine, device, threads, folder: folder ?? null });
    const args = [tensorOf(rows), tensorOf(centroids), keywords] as const;
    return wrapTensor(await job(module(), "assign", args));
  },
};
