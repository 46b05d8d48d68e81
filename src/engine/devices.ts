/** `clusterfit.devices`: what this machine offers. */
import { python } from "../python/mod.ts";
import { job } from "./call.ts";
import type { Engine } from "./engine.ts";
import type { Devices } from "./py.ts";

const module = () => python.import<Devices>("clusterfit.devices");

export const devices: Engine["devices"] = {
  async describe() {
    const { faiss_gpu, ...rest } = await job(module(), "describe", []);
    return { ...rest, faissGpu: faiss_gpu };
  },
};
