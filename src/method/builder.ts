/** Builds a graph in which equal work is one node, whoever asks for it. */
import { type Node, node } from "../pipeline/graph.ts";
import { canonicalJson, type JsonObject } from "../pipeline/json.ts";
import type { Kinds, Stage } from "../pipeline/stage.ts";
import { samePoint } from "../results/point.ts";
import type { Use } from "../pipeline/use.ts";
import type { Services } from "./services.ts";

/**
 * Where a stage stands, and with what.
 *
 * @internal
 */
export interface Placed<Config, Inputs extends Kinds> {
  /** Where no other node has it; else a number is put behind it. */
  readonly id: string;
  readonly title: string;
  readonly config: Config;
  readonly inputs: { readonly [Name in keyof Inputs]: Node<Inputs[Name], Services> };
}

export class GraphBuilder {
  readonly #byContent = new Map<string, { node: Node<string, Services>; serves: Use[] }>();
  readonly #ids = new Set<string>();

  /** The node that runs `stage` with this config on these inputs; the id and the title are those of whoever asked
   * first. `use`: whose work it is. */
  place<Config extends JsonObject, Inputs extends Kinds, Output extends string>(
    stage: Stage<Config, Inputs, Output, Services>,
    { id, title, config, inputs }: Placed<Config, Inputs>,
    use: Use,
  ): Node<Output, Services> {
    const named = Object.entries<Node<string, Services>>(inputs).map((
      [name, { id }],
    ) => [name, id]);
    const { name, version } = stage;
    const content = canonicalJson({ name, version, config, inputs: Object.fromEntries(named) });
    const known = this.#byContent.get(content);
    if (known) {
      if (!known.serves.some((other) => sameUse(other, use))) known.serves.push(use);
      return known.node as Node<Output, Services>;
    }
    const serves = [use];
    const made = node(stage, { id: this.#unique(id), title, config, inputs, serves });
    this.#byContent.set(content, { node: made, serves });
    return made;
  }

  #unique(id: string): string {
    let free = id;
    for (let number = 2; this.#ids.has(free); number++) free = `${id}-${number}`;
    this.#ids.add(free);
    return free;
  }
}

function sameUse(a: Use, b: Use): boolean {
  return a.arm === b.arm && a.seed === b.seed && samePoint(a.at, b.at);
}
