/** `clusterfit.devices`: what this machine offers. */
import { job, module } from "./call.ts";
import type { Description, Engine } from "./engine.ts";

type Described = Omit<Description, "faissGpu"> & { readonly faiss_gpu: boolean };

export const devices: Engine["devices"] = {
  async describe() {
    const { faiss_gpu, ...rest } = await job<Described>(module("devices"), "describe", []);
    return { ...rest, faissGpu: faiss_gpu };
  },
};
