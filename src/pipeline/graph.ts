/** Graphs of stages: which stage runs with which config on which inputs. */
import { artifactKey } from "./artifact.ts";
import type { JsonObject } from "./json.ts";
import type { Artifact, Artifacts, Kinds, Progress, Stage } from "./stage.ts";
import type { Use } from "./use.ts";

/**
 * What the runner hands to a node; the stage's own types are closed over by `node()`.
 *
 * @internal
 */
export interface NodeContext<Services> {
  readonly inputs: Readonly<Record<string, Artifact>>;
  readonly key: string;
  readonly dir: string;
  readonly services: Services;
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
  damaged(message: string): void;
}

/** A stage with its config and inputs, at one place of a graph. Made by `node()`. */
export interface Node<Kind extends string, Services> {
  /** Unique in its graph; also the name of its folder, e.g. `seed-7.npre`. */
  readonly id: string;
  /** What a person reads on the terminal: "Train Npre (RotNet), seed 7". */
  readonly title: string;
  /** What enters its key of the stage. */
  readonly stage: { readonly name: string; readonly version: number };
  /** Of the artifact that it makes. */
  readonly kind: Kind;
  /** Enters the key. */
  readonly config: JsonObject;
  /** Whose artifacts it reads. */
  readonly inputs: Readonly<Record<string, Node<string, Services>>>;
  /** Whose work it is: of several where they share it, of nobody in particular where it is empty. */
  readonly serves: readonly Use[];
  /** Whether it runs with the inputs that are there where others failed. */
  readonly partial: boolean;
  /** See `Stage`. */
  accept?(artifact: Artifact): Promise<void>;
  /** Runs the stage; gives the names of the files that it made. */
  run(context: NodeContext<Services>): Promise<readonly string[]>;
}

/**
 * Places a stage in a graph. Inputs of the wrong kind do not compile.
 *
 * @example Two stages, one on the other
 * ```ts
 * import { defineStage, node, type StageContext } from "clusterfit";
 *
 * const count = defineStage({
 *   ...{ name: "count", version: 1, inputs: {}, output: "numbers" },
 *   async run({ config, dir }: StageContext<{ to: number }, unknown, undefined>) {
 *     await Deno.writeTextFile(`${dir}/numbers.json`, JSON.stringify([...Array(config.to).keys()]));
 *     return ["numbers.json"];
 *   },
 * });
 * const numbers = node(count, {
 *   ...{ id: "numbers", title: "Count to 3", config: { to: 3 }, inputs: {} },
 * });
 * console.log(numbers.kind, numbers.config); // numbers { to: 3 }
 * ```
 */
export function node<
  Config extends JsonObject,
  Inputs extends Kinds,
  Output extends string,
  Services,
  Partly extends boolean = false,
>(
  stage: Stage<Config, Inputs, Output, Services, Partly>,
  at: {
    readonly id: string;
    readonly title: string;
    readonly config: Config;
    readonly inputs: { readonly [Name in keyof Inputs]: Node<Inputs[Name], Services> };
    readonly serves?: readonly Use[];
  },
): Node<Output, Services> {
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(at.id)) {
    throw new Error(
      `Cannot place the stage ${stage.name}: its node id needs lower-case letters, digits, "." and "-", ` +
        `found "${at.id}".`,
    );
  }
  return {
    id: at.id,
    title: at.title,
    stage: { name: stage.name, version: stage.version },
    kind: stage.output,
    config: at.config,
    inputs: at.inputs,
    serves: at.serves ?? [],
    partial: stage.partial ?? false,
    // An artifact is handed to the node that has its key, so it is of the stage's kind.
    ...(stage.accept && { accept: (artifact) => stage.accept!(artifact as Artifact<Output>) }),
    run: (context) =>
      stage.run({
        ...context,
        config: at.config,
        // Those that are missing are missing only where the stage is `partial`.
        inputs: context.inputs as Artifacts<Inputs>,
      }),
  };
}

/** Cache key of a node: stage name, version, config and the hashes of its input artifacts. */
export function nodeKey<Services>(
  { stage, config }: Node<string, Services>,
  inputs: Readonly<Record<string, string>>,
): string {
  return artifactKey({ stage: stage.name, version: stage.version, config, inputs });
}

/** Every node that the given ones need, each once, inputs first, otherwise in the order given.
 * Throws where two different nodes share an id. */
export function inOrder<Services>(
  roots: readonly Node<string, Services>[],
): readonly Node<string, Services>[] {
  const byId = new Map<string, Node<string, Services>>();
  const visit = (node: Node<string, Services>) => {
    const known = byId.get(node.id);
    if (known === node) return;
    if (known) {
      throw new Error(
        `Cannot order the graph: it needs one node for an id, found two with "${node.id}".`,
      );
    }
    Object.values(node.inputs).forEach(visit);
    byId.set(node.id, node);
  };
  roots.forEach(visit);
  return [...byId.values()];
}
