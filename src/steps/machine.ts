/** Who works on a run: recorded with each attempt. */
import os from "node:os";
import type { Description } from "../engine/engine.ts";
import type { Attempt } from "../pipeline/events.ts";
import { version } from "./version.ts";

export function describeMachine(
  description: Description,
): Pick<Attempt, "versions" | "hardware"> {
  const { versions, cuda } = description;
  return {
    versions: { clusterfit: version, deno: Deno.version.deno, ...versions },
    hardware: {
      system: `${os.type()} ${os.release()} ${os.arch()}`,
      cpu: os.cpus()[0]?.model.trim() ?? "unknown",
      cpus: description.threads,
      memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
      ...(cuda && {
        gpu: `${cuda.count} x ${cuda.name}, ${Math.round(cuda.memory / 2 ** 30)} GiB`,
      }),
    },
  };
}
