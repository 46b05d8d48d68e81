/** `clusterfit.matrices`: features from files that others wrote. */
import { python } from "clusterfit/python";
import { job } from "./call.ts";
import type { Engine } from "./engine.ts";
import { wrapTensor } from "./handles.ts";
import type { Matrices } from "./py.ts";

const module = () => python.import<Matrices>("clusterfit.matrices");

export const matrices: Engine["matrices"] = {
  async load(path, tensor, { folder } = {}) {
    return wrapTensor(await job(module(), "load", [path, tensor, folder ?? null]));
  },
};
