/** Makes nodes of the icon world in a folder of their own, with an engine that keeps the tensors it is given. */
import { join } from "node:path";
import type { DataServices, HostArray } from "../../../src/data/services.ts";
import type { World, WorldOptions } from "../../../src/data/world.ts";
import { iconWorld } from "../../../src/data/icons/world.ts";
import type { Node } from "../../../src/pipeline/graph.ts";
import type { Artifact, Progress } from "../../../src/pipeline/stage.ts";
import { artifactIn, toyEngine } from "../toy_engine.ts";

export interface Made<Kind extends string = string> {
  readonly artifact: Artifact<Kind>;
  readonly files: readonly string[];
  readonly progress: readonly Progress[];
  /** What was saved to one of its files. */
  tensor(file: string, name: string): HostArray;
}

export const toyWorld = (options: Partial<WorldOptions> = {}): World =>
  iconWorld({ images: 500, names: null, targetSize: 40, versions: {}, ...options });

export class ToyRun implements AsyncDisposable {
  readonly #made = new Map<string, Promise<Made>>();

  private constructor(
    private readonly dir: string,
    private readonly signal: AbortSignal,
    private readonly onProgress: () => void,
  ) {}

  static async in(signal = new AbortController().signal, onProgress = () => {}): Promise<ToyRun> {
    return new ToyRun(await Deno.makeTempDir(), signal, onProgress);
  }

  /** Makes a node and all that it needs, each once. */
  make<Kind extends string>(node: Node<Kind, DataServices>): Promise<Made<Kind>> {
    const made = this.#made.get(node.id) ?? this.#run(node);
    this.#made.set(node.id, made);
    return made as Promise<Made<Kind>>;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Deno.remove(this.dir, { recursive: true });
  }

  async #run(node: Node<string, DataServices>): Promise<Made> {
    const inputs: Record<string, Artifact> = {};
    for (const [name, input] of Object.entries(node.inputs)) {
      inputs[name] = (await this.make(input)).artifact;
    }
    const dir = join(this.dir, node.id);
    await Deno.mkdir(dir);
    const { services, tensor } = toyEngine(dir);
    const progress: Progress[] = [];
    const files = await node.run({
      ...{ key: "", dir, inputs, services, signal: this.signal, damaged: () => {} },
      progress: (now) => {
        progress.push(now);
        this.onProgress();
      },
    });
    return { artifact: artifactIn(dir, node.kind), files, progress, tensor };
  }
}
