/** Runs a graph: each node once its inputs are there, up to `workers` at a time, what is done never again. */
import type { RunEventBody } from "./events.ts";
import { inOrder, type Node } from "./graph.ts";
import { type Making, NodeMaker, StageFailure } from "./make_node.ts";
import type { Artifact } from "./stage.ts";

export interface RunGraphOptions<Services> extends Making<Services> {
  readonly nodes: readonly Node<string, Services>[];
  /** Called once, and only if a node has to run. */
  readonly services: () => Promise<Services>;
  readonly workers: number;
}

/** Milliseconds until what was left to another run is looked at again. */
const pauseMilliseconds = 500;

/** A stage that failed. */
export interface NodeFailure {
  readonly node: Node<string, never>;
  readonly error: unknown;
}

export interface RunGraphResult {
  /** By node id. */
  readonly artifacts: ReadonlyMap<string, Artifact>;
  /** In the order in which they happened. */
  readonly failures: readonly NodeFailure[];
}

/**
 * Runs what is missing. A stage that fails leaves the others running; those that need it are not run, or,
 * where they are `partial`, run without it. What another run is making is left to it, and taken over once it
 * is there.
 *
 * What hits the whole run (what the system refuses, services that cannot be had) stops every stage and is
 * thrown once all have ended; an abort is thrown as `signal.reason`.
 */
export async function runGraph<Services>(
  options: RunGraphOptions<Services>,
): Promise<RunGraphResult> {
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const services = once(options.services);
  const making: Making<Services> = { ...options, signal, services };
  const graph = new Schedule(inOrder(options.nodes), options.onEvent);
  const running = new Set<Promise<void>>();
  const makers = new Map<string, NodeMaker<Services>>();
  using pause = new Pause(pauseMilliseconds, () => graph.askAgain());
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });

  const make = async (node: Node<string, Services>): Promise<void> => {
    try {
      const maker = makers.get(node.id) ?? new NodeMaker(making, node, graph.inputsOf(node));
      makers.set(node.id, maker);
      const artifact = await maker.make();
      if (artifact) graph.finish(node, artifact);
      else graph.leave(node);
    } catch (error) {
      if (error instanceof StageFailure) graph.fail(node, error.cause);
      else failure.abort(error);
    }
  };

  while (!signal.aborted) {
    const node = running.size < options.workers ? graph.next() : undefined;
    if (node) {
      const promise = make(node).finally(() => running.delete(promise));
      running.add(promise);
    } else if (running.size === 0 && !graph.hasLeft) {
      break;
    } else {
      await Promise.race([...running, ...(graph.hasLeft ? [pause.over()] : []), aborted]);
    }
  }
  await Promise.all(running);
  options.signal.throwIfAborted();
  failure.signal.throwIfAborted();
  return { artifacts: graph.artifacts, failures: graph.failures };
}

/** Which node is next, as some finish, some fail and some are left to another run. */
class Schedule<Services> {
  readonly artifacts = new Map<string, Artifact>();
  readonly failures: NodeFailure[] = [];
  readonly #waiting: Node<string, Services>[];
  /** Left to another run for now. */
  readonly #left: Node<string, Services>[] = [];
  /** Node that has no artifact and gets none -> the node whose failure is why. */
  readonly #lacking = new Map<string, Node<string, Services>>();
  readonly #emit: (event: RunEventBody) => void;

  /** `nodes`: inputs first. */
  constructor(nodes: readonly Node<string, Services>[], emit: (event: RunEventBody) => void) {
    this.#waiting = [...nodes];
    this.#emit = emit;
  }

  /** Takes the first node that can be made now. */
  next(): Node<string, Services> | undefined {
    const at = this.#waiting.findIndex((node) => this.#isReady(node));
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0];
  }

  /** The artifacts that a node is made of. */
  inputsOf(node: Node<string, Services>): Readonly<Record<string, Artifact>> {
    return Object.fromEntries(
      Object.entries(node.inputs).flatMap(([name, input]) => {
        const artifact = this.artifacts.get(input.id);
        return artifact ? [[name, artifact] as const] : [];
      }),
    );
  }

  finish(node: Node<string, Services>, artifact: Artifact): void {
    this.artifacts.set(node.id, artifact);
  }

  fail(node: Node<string, Services>, error: unknown): void {
    this.failures.push({ node, error });
    this.#lacking.set(node.id, node);
    for (const later of [...this.#waiting]) this.#drop(later);
  }

  /** Leaves the node to another run until `askAgain()`. */
  leave(node: Node<string, Services>): void {
    this.#left.push(node);
  }

  get hasLeft(): boolean {
    return this.#left.length > 0;
  }

  askAgain(): void {
    this.#waiting.unshift(...this.#left.splice(0));
  }

  #isReady(node: Node<string, Services>): boolean {
    return Object.values(node.inputs).every(({ id }) =>
      this.artifacts.has(id) || this.#lacking.has(id)
    );
  }

  /** Gives a node up that a failure leaves without what it needs. Inputs come first, so that one pass over
   * the nodes finds all of them. */
  #drop(node: Node<string, Services>): void {
    const inputs = Object.values(node.inputs);
    const lacking = inputs.filter(({ id }) => this.#lacking.has(id));
    const cause = lacking[0] && this.#lacking.get(lacking[0].id);
    if (!cause || (node.partial && lacking.length < inputs.length)) return;
    this.#waiting.splice(this.#waiting.indexOf(node), 1);
    this.#lacking.set(node.id, cause);
    this.#emit({ type: "not-run", node: node.id, needs: cause.id });
  }
}

/** One timer, however often it is asked for. */
class Pause implements Disposable {
  readonly #milliseconds: number;
  readonly #end: () => void;
  #timer?: ReturnType<typeof setTimeout>;
  #over: Promise<void> | undefined;

  /** `end` is called as each pause ends. */
  constructor(milliseconds: number, end: () => void) {
    this.#milliseconds = milliseconds;
    this.#end = end;
  }

  /** Settles when the pause that is under way, or one that begins now, is over. */
  over(): Promise<void> {
    return this.#over ??= new Promise((resolve) => {
      this.#timer = setTimeout(() => {
        this.#over = undefined;
        this.#end();
        resolve();
      }, this.#milliseconds);
    });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

/** Calls `make` the first time and gives the same promise ever after. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
