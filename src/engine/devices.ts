/** py/clusterfit/devices.py: what the machine offers. */
import type { Description, Engine } from "./engine.ts";
import { importModule, job, object } from "./call.ts";

interface PyDescription {
  readonly versions: Description["versions"];
  readonly threads: number;
  readonly bf16: boolean;
  readonly cuda: Description["cuda"];
  readonly faiss_gpu: boolean;
}

export async function devices(): Promise<Engine["devices"]> {
  using module = await importModule("devices");
  const describe = object(module.attr("describe"));
  return {
    async describe() {
      using found = object(await job(describe, [], {}, {}));
      const { versions, threads, bf16, cuda, faiss_gpu } = found.toJs() as PyDescription;
      return { versions, threads, bf16, cuda, faissGpu: faiss_gpu };
    },
  };
}
