/** How one kind of stage is estimated. Each has a file here and a line in `list.ts`. */
import type { Engine } from "../../engine/engine.ts";
import type { Node } from "../../pipeline/graph.ts";
import type { Services } from "../services.ts";
import type { OpenSource } from "../source.ts";
import type { Shape, Shapes } from "./shapes.ts";

export interface Cost {
  readonly seconds: number;
  /** Bytes of main memory that the stage holds beside what measuring it took. */
  readonly memory: number;
  /** Bytes of its artifact. */
  readonly disk: number;
}

/** What was measured, by name: seconds, or bytes. */
export type Sample = Readonly<Record<string, number>>;

/** What estimators stand on. */
export interface Estimating {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** A folder for files of samples. */
  readonly dir: string;
  /** Shape of the artifact that the input `name` of a node will be. */
  shapeOf<Kind extends keyof Shapes>(
    node: Node<string, Services>,
    name: string,
    kind: Kind,
  ): Promise<Shapes[Kind]>;
  /** Rows to measure with, like those of the input `name`: `rows` of them, or as many as there are. Dispose it. */
  open(node: Node<string, Services>, name: string, rows: number): Promise<OpenSource>;
  /** What `measure` gives, the means of as many at once as the stage has neighbours in a run. The same `what` is
   * measured once. */
  sample(
    node: Node<string, Services>,
    what: readonly (string | number | null)[],
    measure: () => Promise<Sample>,
  ): Promise<Sample>;
}

export interface Estimator {
  /** Names of stages. */
  readonly stages: readonly string[];
  shape(node: Node<string, Services>, known: Estimating): Promise<Shape>;
  cost(node: Node<string, Services>, known: Estimating): Promise<Cost>;
  /** Of data sets: rows like those of its artifact. */
  open?(node: Node<string, Services>, known: Estimating, rows: number): Promise<OpenSource>;
}
