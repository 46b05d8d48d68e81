/** `clusterfit.models`: networks. */
import { kw, python } from "../python/mod.ts";
import { call, job } from "./call.ts";
import { preprocessingOf } from "./data.ts";
import type { Engine } from "./engine.ts";
import { networkOf, wrapNetwork } from "./handles.ts";
import type { Models } from "./py.ts";

const module = () => python.import<Models>("clusterfit.models");

export const models: Engine["models"] = {
  async build({ arch, width, heads, seed }) {
    return wrapNetwork(await job(module(), "build", [arch, heads, kw({ width, seed })]));
  },

  async load(path, { arch, width }) {
    return wrapNetwork(await job(module(), "load", [arch, path, kw({ width })]));
  },

  layers(network, size) {
    return job(module(), "layers", [networkOf(network), size]);
  },

  snippet({ arch, width, heads, path, preprocessing }) {
    if (!preprocessing) return call(module(), "snippet", arch, heads, kw({ width, path }));
    using reading = preprocessingOf(preprocessing);
    return call(module(), "snippet", arch, heads, kw({ width, path, preprocessing: reading }));
  },
};
