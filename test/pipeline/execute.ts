/** Runs the toy graph as a run of its own. */
import { join } from "node:path";
import { type ExecuteOptions, executeRun } from "../../src/pipeline/run.ts";
import type { RunFolder } from "../../src/pipeline/store.ts";
import { attempt } from "./events.ts";
import { toyGraph, type ToyServices, witness } from "./toy.ts";

export const record = (id: string) => ({
  id,
  title: "A toy run",
  command: ["toy"],
  asked: { value: 1 },
  config: { value: 1 },
  study: { arms: ["one"] },
  resolved: { device: "cpu" },
});

/** Starts the run `id` in `out` or goes on with it; it publishes `page.txt`. */
export function execute(
  out: string,
  id = "toy",
  more: Partial<ExecuteOptions<ToyServices>> = {},
): Promise<RunFolder> {
  return executeRun({
    out,
    record: record(id),
    attempt,
    nodes: toyGraph(1),
    workers: 1,
    signal: new AbortController().signal,
    async publish(run) {
      await Deno.writeTextFile(join(run.dir, "page.txt"), "a page");
      return ["page.txt"];
    },
    ...witness(),
    ...more,
  });
}
