/** Runs a graph: each node once its inputs are there, up to `workers` at a time, what is done never again. */
import { explainSystemError } from "./errors.ts";
import type { RunEventBody } from "./events.ts";
import { inOrder, type Node, nodeKey } from "./graph.ts";
import type { Artifact, Progress } from "./stage.ts";
import { originOf } from "./origins.ts";
import { notMadeYet, Workspace } from "./workspace.ts";

export interface RunGraphOptions<Services> {
  /** The run's folder, held by its lock. */
  readonly dir: string;
  /** The folder of all runs: equal artifacts found there are reused. */
  readonly out: string;
  readonly nodes: readonly Node<string, Services>[];
  /** Called once, and only if a node has to run. */
  readonly services: () => Promise<Services>;
  readonly workers: number;
  readonly signal: AbortSignal;
  onEvent(event: RunEventBody): void;
}

/** Runs what is missing and returns every artifact by node id. The first failure stops the others and
 * is thrown once all have ended; an abort is thrown as `signal.reason`. */
export async function runGraph<Services>(
  options: RunGraphOptions<Services>,
): Promise<ReadonlyMap<string, Artifact>> {
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const workspace = new Workspace<Services>(options.dir, options.out);
  const services = once(options.services);
  const done = new Map<string, Artifact>();
  const running = new Map<string, Promise<void>>();
  const waiting = [...inOrder(options.nodes)];

  const start = (node: Node<string, Services>) =>
    runNode(node, done, workspace, services, signal, options.onEvent)
      .then((artifact) => void done.set(node.id, artifact))
      .catch((error) => failure.abort(error))
      .finally(() => running.delete(node.id));

  while (!signal.aborted && (waiting.length > 0 || running.size > 0)) {
    const ready = waiting.findIndex((node) =>
      Object.values(node.inputs).every((input) => done.has(input.id))
    );
    if (ready >= 0 && running.size < options.workers) {
      const [node] = waiting.splice(ready, 1);
      if (node) running.set(node.id, start(node));
    } else {
      await Promise.race(running.values());
    }
  }
  await Promise.all(running.values());
  options.signal.throwIfAborted();
  failure.signal.throwIfAborted();
  return done;
}

async function runNode<Services>(
  node: Node<string, Services>,
  done: ReadonlyMap<string, Artifact>,
  workspace: Workspace<Services>,
  services: () => Promise<Services>,
  signal: AbortSignal,
  emit: (event: RunEventBody) => void,
): Promise<Artifact> {
  const inputs = artifactsFor(node, done);
  const hashes = Object.fromEntries(
    Object.entries(inputs).map(([name, artifact]) => [name, artifact.hash]),
  );
  const damaged = (message: string) => emit({ type: "damaged", node: node.id, message });
  try {
    const found = await workspace.inspect(node, hashes);
    if (found.damage !== undefined) {
      const then = found.state === "elsewhere" ? "taken from another run" : "made again";
      damaged(`${found.damage}: ${then}`);
    }
    if (found.state === "done") {
      emit({ type: "reused", node: node.id });
      return found.artifact;
    }
    if (found.state === "elsewhere") {
      const artifact = await workspace.adopt(node, found.dir);
      if (artifact) {
        const origin = await originOf(found.dir);
        emit({ type: "reused", node: node.id, ...(origin && { origin }) });
        return artifact;
      } // gone meanwhile: made here
    }

    const key = nodeKey(node, hashes);
    const dir = await workspace.prepare(node, key);
    const why = found.state === "missing" && found.why !== notMadeYet ? { why: found.why } : {};
    emit({ type: "started", node: node.id, resumed: found.state === "partial", ...why });
    const began = performance.now();
    const files = await node.run({
      inputs,
      key,
      dir,
      services: await services(),
      signal,
      progress: (progress) => emit({ type: "progress", node: node.id, ...finite(progress) }),
      damaged,
    });
    signal.throwIfAborted();
    const artifact = await workspace.commit(node, hashes, files);
    emit({ type: "finished", node: node.id, seconds: (performance.now() - began) / 1000 });
    return artifact;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const explained = explainSystemError(error, `"${node.title}"`);
    emit({ type: "failed", node: node.id, message: String((explained as Error).message) });
    throw explained;
  }
}

/** Without metrics that no event can hold: NaN and infinite ones. */
function finite({ metrics, ...progress }: Progress): Progress {
  if (metrics === undefined) return progress;
  const kept = Object.entries(metrics).filter(([, value]) => Number.isFinite(value));
  return { ...progress, metrics: Object.fromEntries(kept) };
}

function artifactsFor<Services>(
  node: Node<string, Services>,
  done: ReadonlyMap<string, Artifact>,
): Readonly<Record<string, Artifact>> {
  return Object.fromEntries(
    Object.entries(node.inputs).map(([name, input]) => {
      const artifact = done.get(input.id);
      if (!artifact) throw new Error(`node "${node.id}" started before its input "${input.id}"`);
      return [name, artifact];
    }),
  );
}

/** Calls `make` the first time and gives the same promise ever after. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
