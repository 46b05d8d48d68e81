/** `clusterfit.export`: a trained network in the forms that other programs load. */
import { kw, python } from "clusterfit/python";
import { call, job } from "./call.ts";
import type { Engine } from "./engine.ts";
import { networkOf } from "./handles.ts";
import type { Export } from "./py.ts";

const module = () => python.import<Export>("clusterfit.export");

export const exporting: Engine["export"] = {
  async weights(network, path, { arch, size, threads }) {
    const keywords = kw({ arch, size, threads });
    return await job(module(), "write_weights", [networkOf(network), path, keywords]);
  },

  async program(network, path, { size, threads }) {
    await job(module(), "write_program", [networkOf(network), path, kw({ size, threads })]);
  },

  async onnx(network, path, { size, threads }) {
    await job(module(), "write_onnx", [networkOf(network), path, kw({ size, threads })]);
  },

  script({ arch, width, weights }) {
    return call(module(), "script", arch, kw({ weights, width }));
  },
};
