/** `clusterfit.nets`: networks. */
import { kw } from "clusterfit/python";
import { call, job, module } from "./call.ts";
import type { Engine } from "./engine.ts";
import { wrapNetwork } from "./handles.ts";

export const nets: Engine["nets"] = {
  async build({ arch, classes, width, seed }) {
    return wrapNetwork(await job(module("nets"), "build", [arch, classes, kw({ width, seed })]));
  },

  async load(path, { arch, width }) {
    return wrapNetwork(await job(module("nets"), "load", [arch, path, kw({ width })]));
  },

  snippet({ arch, classes, width, path }) {
    return call(module("nets"), "snippet", arch, classes, kw({ width, path }));
  },
};
