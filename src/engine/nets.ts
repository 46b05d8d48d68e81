/** `clusterfit.nets`: networks. */
import { kw, python } from "clusterfit/python";
import { call, job } from "./call.ts";
import type { Engine } from "./engine.ts";
import { wrapNetwork } from "./handles.ts";
import type { Nets } from "./py.ts";

const module = () => python.import<Nets>("clusterfit.nets");

export const nets: Engine["nets"] = {
  async build({ arch, classes, width, seed }) {
    return wrapNetwork(await job(module(), "build", [arch, classes, kw({ width, seed })]));
  },

  async load(path, { arch, width }) {
    return wrapNetwork(await job(module(), "load", [arch, path, kw({ width })]));
  },

  snippet({ arch, classes, width, path }) {
    return call(module(), "snippet", arch, classes, kw({ width, path }));
  },
};
