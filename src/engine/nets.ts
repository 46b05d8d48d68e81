/** py/clusterfit/nets.py: networks. */
import { kw } from "clusterfit/python";
import { importModule, job, object, translated } from "./call.ts";
import type { Engine } from "./engine.ts";
import { PyNetwork } from "./handles.ts";

export async function nets(): Promise<Engine["nets"]> {
  const module = await importModule("nets");
  const load = object(module.attr("load"));
  return {
    build: ({ arch, classes, width, seed }) =>
      translated(() => {
        const built = module.method("build", arch, classes, kw({ width, seed }));
        return new PyNetwork(object(built));
      }),

    async load(path, { arch, width }) {
      return new PyNetwork(object(await job(load, [arch, path], { width }, {})));
    },

    snippet: ({ arch, classes, width, path }) =>
      translated(() => String(module.method("snippet", arch, classes, kw({ width, path })))),
  };
}
