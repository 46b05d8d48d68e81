/** What each node of a graph will take, from samples of its kind. */
import type { Engine } from "../../engine/engine.ts";
import { inOrder, type Node } from "../../pipeline/graph.ts";
import type { Services } from "../services.ts";
import type { Cost, Estimating, Sample } from "./estimator.ts";
import { estimatorOf } from "./list.ts";
import { withNeighbours } from "./neighbours.ts";
import type { Shape, Shapes } from "./shapes.ts";

export interface EstimateOptions {
  readonly nodes: readonly Node<string, Services>[];
  /** Ids of the nodes that have to run; the others cost nothing. */
  readonly running: ReadonlySet<string>;
  /** Stages at once. */
  readonly workers: number;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** A folder for files of samples, which stay there. */
  readonly dir: string;
  /** Told before something is measured for a node. */
  onSample?(node: Node<string, Services>): void;
}

/** By node id, of those that have to run; null where nothing is known of a kind of stage. */
export async function estimateGraph(
  options: EstimateOptions,
): Promise<ReadonlyMap<string, Cost | null>> {
  const { nodes, running, engine, signal, dir } = options;
  const neighbours = withNeighbours(nodes, running);
  const copies = (id: string) => neighbours.has(id) ? options.workers : 1;
  const shapes = new Map<string, Promise<Shape>>();
  const samples = new Map<string, Promise<Sample>>();
  const known: Estimating = {
    ...{ engine, signal, dir },
    async shapeOf<Kind extends keyof Shapes>(
      node: Node<string, Services>,
      name: string,
      kind: Kind,
    ): Promise<Shapes[Kind]> {
      const input = node.inputs[name];
      const estimator = input && estimatorOf(input.stage.name);
      if (!estimator || input.kind !== kind) throw new UnknownShape();
      const shape = shapes.get(input.id) ?? estimator.shape(input, known);
      shapes.set(input.id, shape);
      return await shape as Shapes[Kind];
    },
    async open(node, name, rows) {
      const input = node.inputs[name];
      const estimator = input && estimatorOf(input.stage.name);
      if (!input || !estimator?.open) throw new UnknownShape();
      return await estimator.open(input, known, rows);
    },
    sample(node, what, measure) {
      signal.throwIfAborted();
      const count = copies(node.id);
      const key = JSON.stringify([count, ...what]);
      const sample = samples.get(key);
      if (sample) return sample;
      options.onSample?.(node);
      const taken = several(count, measure);
      samples.set(key, taken);
      return taken;
    },
  };
  const costs = new Map<string, Cost | null>();
  for (const node of inOrder(nodes)) {
    if (!running.has(node.id)) continue;
    costs.set(node.id, await costOf(node, known));
  }
  return costs;
}

/** What a node needs is of no kind that is known here. */
class UnknownShape extends Error {}

async function costOf(node: Node<string, Services>, known: Estimating): Promise<Cost | null> {
  try {
    return await estimatorOf(node.stage.name)?.cost(node, known) ?? null;
  } catch (error) {
    if (error instanceof UnknownShape) return null;
    throw error;
  }
}

/** The means of so many samples, taken at once. */
async function several(count: number, measure: () => Promise<Sample>): Promise<Sample> {
  const taken = await Promise.all(Array.from({ length: count }, measure));
  return Object.fromEntries(
    Object.keys(taken[0] ?? {}).map((name) => [
      name,
      taken.reduce((sum, sample) => sum + (sample[name] ?? 0), 0) / count,
    ]),
  );
}
