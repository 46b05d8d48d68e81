/** Runs graphs without the folder, lock and log of a whole run around them. */
import { join } from "node:path";
import type { RunEventBody } from "../../src/pipeline/events.ts";
import { type Node, node } from "../../src/pipeline/graph.ts";
import { runGraph, type RunGraphOptions } from "../../src/pipeline/runner.ts";
import { defineStage } from "../../src/pipeline/stage.ts";
import { origin } from "./events.ts";
import { type ToyServices, witness } from "./toy.ts";

export interface Place {
  readonly out: string;
  readonly dir: string;
}

/** A run's folder below a folder of runs of its own. */
export async function place(): Promise<Place> {
  const out = await Deno.makeTempDir();
  return { out, dir: join(out, "run") };
}

/** Another run's folder in the same folder. */
export function beside({ out }: Place, name: string): Place {
  return { out, dir: join(out, name) };
}

/** Runs the nodes, two at once; says what ran and what was told. */
export async function run(
  at: Place,
  nodes: readonly Node<string, ToyServices>[],
  more: Partial<RunGraphOptions<ToyServices>> = {},
) {
  const seen = witness();
  const result = await runGraph({
    ...at,
    ...seen,
    origin: { ...origin, run: at.dir.slice(at.out.length + 1) },
    origins: new Map(),
    nodes,
    workers: 2,
    signal: new AbortController().signal,
    ...more,
  });
  return { ...seen, ...result };
}

export const types = (events: readonly RunEventBody[]) => events.map((event) => event.type);

/** A node without inputs that does what `act` does, in its folder. */
export function doing(
  id: string,
  act: (context: { readonly dir: string; readonly signal: AbortSignal }) => Promise<unknown>,
): Node<"number", ToyServices> {
  const stage = defineStage<Record<never, never>, Record<never, never>, "number", ToyServices>({
    name: id,
    version: 1,
    inputs: {},
    output: "number",
    async run({ dir, signal }) {
      await act({ dir, signal });
      await Deno.writeTextFile(join(dir, "number.txt"), "1");
      return ["number.txt"];
    },
  });
  return node(stage, { id, title: id.toUpperCase(), config: {}, inputs: {} });
}

/** Sums the inputs that are there. */
const sum = (partial: boolean) =>
  defineStage<Record<never, never>, { [name: string]: "number" }, "number", ToyServices, boolean>({
    name: "sum",
    version: 1,
    inputs: {},
    output: "number",
    partial,
    async run({ inputs, dir }) {
      let total = 0;
      for (const artifact of Object.values(inputs)) {
        if (artifact) total += Number(await Deno.readTextFile(artifact.file("number.txt")));
      }
      await Deno.writeTextFile(join(dir, "number.txt"), String(total));
      return ["number.txt"];
    },
  });

/** A node that sums others; `partial`: also where some of them failed. */
export function summing(
  id: string,
  of: readonly Node<"number", ToyServices>[],
  { partial = false } = {},
): Node<"number", ToyServices> {
  const inputs = Object.fromEntries(of.map((node) => [node.id, node]));
  return node(sum(partial), { id, title: id.toUpperCase(), config: {}, inputs });
}
