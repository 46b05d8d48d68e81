/** What a stage is: a named, versioned step with typed inputs and one typed output. */

import type { JsonObject } from "./json.ts";

/** A finished output of a stage, verified against its manifest before it is handed out. */
export interface Artifact<Kind extends string = string> {
  /** What it is: "network", "labels". */
  readonly kind: Kind;
  /** SHA-256 of the canonical manifest, hex. */
  readonly hash: string;
  /** Absolute path of one of the artifact's files; throws if the manifest does not list it. */
  file(name: string): string;
}

/** Progress of one stage. `metrics` are shown as they are, e.g. `{ loss: 1.2 }`. */
export interface Progress {
  /** How many are done. */
  readonly done: number;
  /** Of how many. */
  readonly total: number;
  /** What is counted: "images", "icons", "iterations". */
  readonly unit: string;
  /** Numbers to be shown beside it. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** Everything a stage may touch while it runs. */
export interface StageContext<Config, Inputs, Services> {
  /** How it is to work. */
  readonly config: Config;
  /** What it reads, verified. */
  readonly inputs: Inputs;
  /** Key of the artifact that is being made. */
  readonly key: string;
  /** The stage's own folder. Kept when the stage is stopped, so checkpoints found here may be resumed. */
  readonly dir: string;
  /** What it needs from outside. */
  readonly services: Services;
  /** Aborted by Ctrl-C: stop at once; what is checkpointed in `dir` is kept. */
  readonly signal: AbortSignal;
  /** Tells how far it is; as often as it likes. */
  progress(progress: Progress): void;
  /** To be told what is wrong with a file in `dir` that an earlier attempt left, and what follows. */
  damaged(message: string): void;
}

/**
 * Input name -> artifact kind.
 *
 * @internal
 */
export type Kinds = { readonly [name: string]: string };

/**
 * One artifact for each input.
 *
 * @internal
 */
export type Artifacts<Inputs extends Kinds> = {
  readonly [Name in keyof Inputs]: Artifact<Inputs[Name]>;
};

/** `Partly`: whether the stage declares `partial`. */
export interface Stage<
  Config extends JsonObject,
  Inputs extends Kinds,
  Output extends string,
  Services,
  Partly extends boolean = false,
> {
  /** Enters the key, with `version`: raise `version` when the same inputs would give other bytes. */
  readonly name: string;
  /** See `name`. */
  readonly version: number;
  /** Kinds of what it reads, by names of its own. */
  readonly inputs: Inputs;
  /** Kind of what it makes. */
  readonly output: Output;
  /** Where stages that it needs have failed, it runs with the inputs that are there, one at least; its key
   * holds only those. Any other stage is then not run. */
  readonly partial?: Partly;
  /** Looks at an artifact that is there already before it is used; rejects where this run may not use it: for what
   * a stage refuses that is not in its key. */
  accept?(artifact: Artifact<Output>): Promise<void>;
  /** Writes files into `dir` and returns the names of those that make up the artifact. */
  run(
    context: StageContext<
      Config,
      Partly extends true ? Partial<Artifacts<Inputs>> : Artifacts<Inputs>,
      Services
    >,
  ): Promise<readonly string[]>;
}

/**
 * Identity, with the types inferred: `defineStage({ name, version, inputs, output, run })`.
 *
 * @example A stage that reads what another one made
 * ```ts
 * import { type Artifact, defineStage, type StageContext } from "clusterfit";
 *
 * const sum = defineStage({
 *   ...{ name: "sum", version: 1, inputs: { numbers: "numbers" }, output: "number" },
 *   async run({ inputs, dir }: StageContext<Record<never, never>, { numbers: Artifact }, undefined>) {
 *     const text = await Deno.readTextFile(inputs.numbers.file("numbers.json"));
 *     const total = (JSON.parse(text) as number[]).reduce((a, b) => a + b, 0);
 *     await Deno.writeTextFile(`${dir}/sum.json`, String(total));
 *     return ["sum.json"];
 *   },
 * });
 * console.log(sum.inputs); // { numbers: "numbers" }
 * ```
 */
export function defineStage<
  Config extends JsonObject,
  const Inputs extends Kinds,
  const Output extends string,
  Services,
  const Partly extends boolean = false,
>(
  stage: Stage<Config, Inputs, Output, Services, Partly>,
): Stage<Config, Inputs, Output, Services, Partly> {
  return stage;
}
