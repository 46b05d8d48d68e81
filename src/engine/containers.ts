/** `clusterfit.containers`: what is in files that hold many pictures. */
import { python } from "../python/mod.ts";
import { job } from "./call.ts";
import type { Engine } from "./engine.ts";
import { wrapTensor } from "./handles.ts";
import type { Containers } from "./py.ts";
import { tensors } from "./tensors.ts";

const module = () => python.import<Containers>("clusterfit.containers");

export const containers: Engine["containers"] = {
  async arrowImages(path, { image, label }, options) {
    const found = await job(module(), "arrow_images", [path, image, label], options);
    using offsets = wrapTensor(found.offsets);
    using lengths = wrapTensor(found.lengths);
    return {
      offsets: tensors.toArray(offsets),
      lengths: tensors.toArray(lengths),
      paths: found.paths,
      labels: found.labels,
    };
  },

  async digits() {
    const found = await job(module(), "digits", []);
    using images = wrapTensor(found.images);
    using labels = wrapTensor(found.labels);
    return {
      pixels: tensors.toArray(images) as Uint8Array,
      labels: Array.from(tensors.toArray(labels)),
    };
  },

  videoDurations: (paths, options) => job(module(), "video_durations", [[...paths]], options),
};
