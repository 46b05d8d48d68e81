/** A stage that counts with a checkpoint each, in this process or in one that is killed. */
import { join } from "node:path";
import type { Node } from "../../src/pipeline/graph.ts";
import { doing } from "./graph_run.ts";
import type { ToyServices } from "./toy.ts";

/** Counts to three. After `at` counts it does `then`; what it counted is added to `worked`. */
export function counting(
  at: number,
  then: (signal: AbortSignal) => Promise<void> | void,
  worked: number[] = [],
): Node<"number", ToyServices> {
  return doing("count", async ({ dir, signal }) => {
    const path = join(dir, "checkpoint");
    let count = Number(await Deno.readTextFile(path).catch(() => "0"));
    while (count < 3) {
      await Deno.writeTextFile(path, String(++count));
      worked.push(count);
      if (count === at) await then(signal);
      signal.throwIfAborted();
    }
  });
}
